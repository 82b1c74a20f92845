package dev.liftoff.checklist;

/**
 * The answer to one edit.
 *
 * @param message what holds now, or why nothing has changed, in a sentence
 */
public record Answer(String item, boolean accepted, String message) {}

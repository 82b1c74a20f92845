package dev.liftoff.database;

/**
 * The answer to whoever gives up a kept database.
 *
 * @param accepted it is removed once its time is over
 * @param sentence when, or why not
 */
public record GivenUp(boolean accepted, String sentence) {}

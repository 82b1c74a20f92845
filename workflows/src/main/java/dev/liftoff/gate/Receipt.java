package dev.liftoff.gate;

import dev.liftoff.LaunchId;

/**
 * The answer to an accepted decision or command.
 *
 * @param message what happens now, in a sentence
 * @param revision the status that shows it
 */
public record Receipt(LaunchId launch, String message, long revision) {}

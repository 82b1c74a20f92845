package dev.liftoff.database;

import java.time.Instant;

/**
 * The service is kept out of its database.
 *
 * @param since when its rights were taken
 * @param sessionsEnded how many sessions this attempt ended
 */
public record Frozen(Instant since, long sessionsEnded) {}

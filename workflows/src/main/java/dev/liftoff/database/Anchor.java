package dev.liftoff.database;

import java.time.Duration;
import java.time.Instant;

/**
 * What a migration of frozen writes can be taken back to: a copy of the database, made and compared
 * while nobody could write.
 *
 * @param twin name of the copy, on the same server
 * @param took making it and comparing it
 * @param bytes size of the copy
 */
public record Anchor(
    String twin, Instant takenAt, Duration took, long bytes, long tables, long rows) {}

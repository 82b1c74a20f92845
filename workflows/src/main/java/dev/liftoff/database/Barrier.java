package dev.liftoff.database;

import java.time.Instant;

/**
 * The moment from which the service writes on the new schema.
 *
 * @param xmin rows with this transaction number or a later one were written after it
 * @param walPosition where the server's log was
 */
public record Barrier(Instant at, String xmin, String walPosition) {}

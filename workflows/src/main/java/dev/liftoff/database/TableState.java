package dev.liftoff.database;

/**
 * A table's content.
 *
 * @param rows how many it has
 * @param hash of all rows, independent of their order
 */
public record TableState(long rows, String hash) {}

package dev.liftoff.database;

/** Rows of one table that a migration inserted, updated and deleted. */
public record RowsTouched(long inserted, long updated, long deleted) {}

package dev.liftoff.database;

/**
 * What must hold of the rows before and after a migration.
 *
 * @param sql answers one row with one column; it is run in a read-only transaction
 * @param unchanged the answer must be the same before and after, which only frozen writes can
 *     promise; otherwise it must be true both times
 */
public record BusinessCheck(String name, String sql, boolean unchanged) {}

package dev.liftoff.database;

import java.util.List;

/**
 * Whether the database is whole after a migration.
 *
 * @param intact no finding
 * @param findings one sentence each, such as an invalid index or a table with fewer rows than
 *     before
 */
public record Integrity(boolean intact, long tables, long rows, List<String> findings) {}

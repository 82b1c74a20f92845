package dev.liftoff.database;

import java.util.List;

/**
 * What the schema is.
 *
 * @param version the last applied migration; {@code none} where there is no history
 * @param pending migrations that the folder has and the database has not, in order
 * @param fingerprint hash of the catalog (tables, columns, types, indexes, constraints): equal
 *     fingerprints mean equal schemas
 */
public record SchemaState(String version, List<Migration> pending, String fingerprint) {}

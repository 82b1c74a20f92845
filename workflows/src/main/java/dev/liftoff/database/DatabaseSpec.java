package dev.liftoff.database;

import dev.liftoff.SecretReference;
import java.time.Duration;

/**
 * The database of the service.
 *
 * @param url JDBC URL without credentials, such as {@code jdbc:postgresql://db:5432/shop}
 * @param user role that owns the schema and may create databases (the scratch database that proves
 *     the backup)
 * @param password where its password lies
 * @param migrations folder of the candidate's Flyway migrations, on the worker's host
 * @param backupLimit how long dump and proof may take, each
 * @param migrationLimit how long the migration may take
 * @param lockLimit how long a migration may wait for a lock before it gives way to the live traffic
 */
public record DatabaseSpec(
    String url,
    String user,
    SecretReference password,
    String migrations,
    Duration backupLimit,
    Duration migrationLimit,
    Duration lockLimit) {}

package dev.liftoff.database;

import dev.liftoff.SecretReference;
import dev.liftoff.container.Slot;
import dev.liftoff.metrics.MetricsSpec;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The database of the service.
 *
 * @param url JDBC URL without credentials, such as {@code jdbc:postgresql://db:5432/shop}
 * @param user role that owns the schema and may create databases (the scratch database that proves
 *     the backup)
 * @param password where its password lies
 * @param migrations folder of the candidate's migrations, on the worker's host; empty where a
 *     command migrates
 * @param backupLimit how long dump and proof may take, each
 * @param migrationLimit how long the migration may take
 * @param lockLimit how long a migration may wait for a lock before it gives way to the live traffic
 * @param backup how the restore point is taken and how long it is kept
 * @param migration with which tool, and whether the service writes meanwhile
 * @param serviceRoles roles that the service connects as; a freeze keeps these out
 * @param businessChecks what must hold before and after the migration
 */
public record DatabaseSpec(
    String url,
    String user,
    SecretReference password,
    String migrations,
    Duration backupLimit,
    Duration migrationLimit,
    Duration lockLimit,
    BackupSpec backup,
    MigrationSpec migration,
    List<String> serviceRoles,
    List<BusinessCheck> businessChecks) {

  /** What a history does not have was written before there was anything to choose. */
  public DatabaseSpec(
      String url,
      String user,
      SecretReference password,
      String migrations,
      Duration backupLimit,
      Duration migrationLimit,
      Duration lockLimit,
      @Nullable BackupSpec backup,
      @Nullable MigrationSpec migration,
      @Nullable List<String> serviceRoles,
      @Nullable List<BusinessCheck> businessChecks) {
    this.url = url;
    this.user = user;
    this.password = password;
    this.migrations = migrations;
    this.backupLimit = backupLimit;
    this.migrationLimit = migrationLimit;
    this.lockLimit = lockLimit;
    this.backup = backup == null ? BackupSpec.DEFAULT : backup;
    this.migration = migration == null ? MigrationSpec.DEFAULT : migration;
    this.serviceRoles = serviceRoles == null ? List.of() : List.copyOf(serviceRoles);
    this.businessChecks = businessChecks == null ? List.of() : List.copyOf(businessChecks);
  }

  /** The same for a step that reads all of it, once it is known what serves meanwhile. */
  public DatabaseSpec sparing(MetricsSpec metrics, Slot serving) {
    return with(backup.giving(backup.throttle(), LatencyWatch.of(metrics, serving)), migration);
  }

  /** The same, once it is known with what image a command migrates; as it is for Flyway. */
  public DatabaseSpec in(MigrationCommand.Place place) {
    return with(backup, migration.in(place));
  }

  private DatabaseSpec with(BackupSpec itsBackup, MigrationSpec itsMigration) {
    return new DatabaseSpec(
        url,
        user,
        password,
        migrations,
        backupLimit,
        migrationLimit,
        lockLimit,
        itsBackup,
        itsMigration,
        serviceRoles,
        businessChecks);
  }
}

package dev.liftoff.activities.database.migration;

import dev.liftoff.FailureType;
import dev.liftoff.activities.database.PostgresServer;
import dev.liftoff.database.Migration;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.ErrorCode;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.output.ValidateOutput;
import org.flywaydb.core.internal.info.MigrationInfoImpl;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;

/** Flyway as a launch uses it. It never cleans, repairs or baselines: these hide what happened. */
public record Flyways(PostgresServer server, String database, Path migrations) {
  private static final int LOCK_ATTEMPTS = 5;

  /** On the live database. */
  public Flyways(PostgresServer server, Path migrations) {
    this(server, server.database(), migrations);
  }

  public FluentConfiguration configuration(Duration lockLimit) {
    FluentConfiguration configuration =
        Flyway.configure()
            .dataSource(server.migrationSource(database, lockLimit))
            .locations("filesystem:" + migrations)
            .loggers("slf4j")
            .mixed(false)
            .outOfOrder(false)
            .validateOnMigrate(true)
            .validateMigrationNaming(true)
            .failOnMissingLocations(true)
            .baselineOnMigrate(false)
            .cleanDisabled(true)
            .connectRetries(0)
            .lockRetryCount(LOCK_ATTEMPTS);
    // With its default, a transaction stays open for the whole migration, and CREATE INDEX
    // CONCURRENTLY waits for it for ever.
    configuration
        .getConfigurationExtension(PostgreSQLConfigurationExtension.class)
        .setTransactionalLock(false);
    return configuration;
  }

  private FluentConfiguration reading() {
    return configuration(server.spec().lockLimit()).dataSource(server.readingSource(database));
  }

  public MigrationInfo[] pending() {
    return reading().load().info().pending();
  }

  public List<Migration> pendingMigrations() {
    return Arrays.stream(pending()).map(Flyways::migration).toList();
  }

  /**
   * What was applied is what the folder has; otherwise permanent, with the first thing that is
   * wrong.
   */
  public void requireValid() {
    var result = reading().ignoreMigrationPatterns("*:pending").load().validateWithResult();
    if (!result.validationSuccessful) {
      String sentence =
          result.invalidMigrations.isEmpty()
              ? firstLines(result.errorDetails.errorMessage)
              : sentence(result.invalidMigrations.getFirst());
      throw FailureType.MIGRATION_FAILED.permanent(sentence);
    }
  }

  public static boolean isTransactional(MigrationInfo migration) {
    return ((MigrationInfoImpl) migration).canExecuteInTransaction();
  }

  /** Flyway writes paragraphs: its first lines in one. */
  public static String sentence(FlywayException failed) {
    return firstLines(String.valueOf(failed.getMessage()));
  }

  private static String firstLines(String text) {
    return text.lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .limit(3)
        .collect(Collectors.joining(" "));
  }

  private static Migration migration(MigrationInfo info) {
    String version = info.getVersion() == null ? "R" : info.getVersion().getVersion();
    long checksum = info.getChecksum() == null ? 0 : info.getChecksum();
    return new Migration(version, info.getDescription(), info.getScript(), checksum);
  }

  private static String sentence(ValidateOutput invalid) {
    String file =
        invalid.filepath.isBlank()
            ? "migration " + invalid.version
            : Path.of(invalid.filepath).getFileName().toString();
    ErrorCode code = invalid.errorDetails.errorCode;
    return switch (code.toString()) {
      case "CHECKSUM_MISMATCH" ->
          file
              + " was changed after it had been applied; restore its text and put the change into a new migration";
      case "FAILED_VERSIONED_MIGRATION", "FAILED_REPEATABLE_MIGRATION" ->
          file
              + " failed half-way in an earlier attempt; look at what it left, tidy up, and remove its row from flyway_schema_history";
      default -> file + ": " + firstLines(invalid.errorDetails.errorMessage);
    };
  }
}

package dev.liftoff.activities.readiness;

import dev.liftoff.activities.Secrets;
import dev.liftoff.activities.database.Identity;
import dev.liftoff.activities.database.PostgresServer;
import dev.liftoff.activities.database.PostgresTools;
import dev.liftoff.activities.database.backup.Manifest;
import dev.liftoff.activities.database.backup.VerifyReport;
import dev.liftoff.activities.database.migration.Flyways;
import dev.liftoff.database.DatabaseSpec;
import dev.liftoff.database.Migration;
import dev.liftoff.plan.Durations;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a launch's backup and migration need, and what earlier launches have left.
 *
 * @param artifacts folder of the restore points
 * @param binaries folder of {@code pg_dump}; null for the ones that fit the server
 */
record BackupSubjects(Path artifacts, @Nullable Path binaries, Secrets secrets) {

  /** A restore point, and when it was proven. */
  private record Proven(Instant takenAt, VerifyReport report) {}

  Seen restorePoint(Asked asked, Connection connection) throws SQLException, IOException {
    String limit = "proven, not older than " + asked.durationText();
    String database = connection.getCatalog();
    Optional<Proven> youngest = youngest(database, Identity.systemIdentifier(connection));
    if (youngest.isEmpty()) {
      return Seen.noData(
          "no proven restore point of %s is in %s; rehearse the launch once, or take a backup and confirm it by hand"
              .formatted(database, artifacts),
          limit);
    }
    Duration age = Duration.between(youngest.get().takenAt(), Instant.now());
    return Seen.held(
        age.compareTo(asked.duration()) <= 0,
        "taken %s ago, %d tables and %d rows restored and compared"
            .formatted(
                Durations.text(Duration.ofSeconds(Math.max(0, age.toSeconds()))),
                youngest.get().report().tables(),
                youngest.get().report().rows()),
        limit);
  }

  private Optional<Proven> youngest(String database, String server) throws IOException {
    if (!Files.isDirectory(artifacts)) {
      return Optional.empty();
    }
    try (Stream<Path> launches = Files.list(artifacts)) {
      return launches
          .map(launch -> launch.resolve("backup"))
          .filter(backup -> Files.isRegularFile(backup.resolve(Manifest.NAME)))
          .map(backup -> proven(backup, database, server))
          .flatMap(Optional::stream)
          .max(Comparator.comparing(Proven::takenAt));
    }
  }

  /** One that cannot be read is none. */
  private static Optional<Proven> proven(Path backup, String database, String server) {
    try {
      Manifest manifest = Manifest.read(backup);
      boolean same =
          manifest.database().equals(database) && manifest.systemIdentifier().equals(server);
      return same
          ? VerifyReport.read(backup, Manifest.sha256(backup))
              .filter(VerifyReport::proven)
              .map(report -> new Proven(manifest.takenAt(), report))
          : Optional.empty();
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  Seen tools(Connection connection) throws SQLException, IOException {
    int server = connection.getMetaData().getDatabaseMajorVersion();
    String limit = "pg_dump and pg_restore of version " + server;
    try {
      PostgresTools tools = PostgresTools.fitting(server, binaries);
      return Seen.pass("%s in %s".formatted(tools.version(), tools.folder()), limit);
    } catch (ApplicationFailure missing) {
      return Seen.fail(missing.getOriginalMessage(), limit);
    }
  }

  /** As they lie in the plan's folder now; a launch freezes them when it first looks. */
  Seen migrations(Asked asked) {
    String limit = "what was applied is unchanged";
    DatabaseSpec spec = asked.plan().database();
    if (spec == null || spec.migration().command() != null) {
      return Seen.noData(
          "Flyway does not migrate here; mark the item not applicable, or write when: migration-files",
          limit);
    }
    Path folder = Path.of(spec.migrations());
    if (!Files.isDirectory(folder)) {
      return Seen.fail(folder + " does not exist on the worker's host; correct it", limit);
    }
    PostgresServer server = new PostgresServer(asked.launch(), spec, secrets, asked.patience());
    try {
      Flyways flyway = new Flyways(server, folder);
      flyway.requireValid();
      return Seen.pass(words(flyway.pendingMigrations()), limit);
    } catch (ApplicationFailure wrong) {
      return Seen.fail(Objects.requireNonNull(wrong.getOriginalMessage()), limit);
    }
  }

  private static String words(List<Migration> pending) {
    return pending.isEmpty()
        ? "nothing is pending"
        : "%d pending: %s"
            .formatted(
                pending.size(),
                pending.stream()
                    .limit(10)
                    .map(Migration::script)
                    .collect(Collectors.joining(", ")));
  }
}

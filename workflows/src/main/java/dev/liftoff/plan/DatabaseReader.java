package dev.liftoff.plan;

import dev.liftoff.SecretReference;
import dev.liftoff.database.BusinessCheck;
import dev.liftoff.database.DatabaseSpec;
import dev.liftoff.database.MigrationSpec;
import dev.liftoff.database.Waiver;
import dev.liftoff.database.Writes;
import java.time.Duration;
import java.util.List;

/** Reads the database of a plan. */
final class DatabaseReader {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);

  private DatabaseReader() {}

  static DatabaseSpec read(Section database) {
    MigrationSpec migration = migration(database.section("migration"));
    List<String> serviceRoles = database.texts("serviceRoles", text -> text);
    if (migration.writes() == Writes.FROZEN && serviceRoles.isEmpty()) {
      database.problem(
          "serviceRoles",
          "is missing: writes are frozen by keeping out the roles that the service connects as");
    }
    DatabaseSpec spec =
        new DatabaseSpec(
            database.required("url", DatabaseReader::jdbcUrl, "jdbc:postgresql://missing/missing"),
            database.text("user"),
            database.required("password", SecretReference::new, new SecretReference("env:MISSING")),
            migrations(database, migration),
            database.duration("backupLimit", Duration.ofHours(2), SECOND, DAY),
            database.duration("migrationLimit", Duration.ofMinutes(30), SECOND, DAY),
            database.duration(
                "lockLimit", Duration.ofSeconds(2), Duration.ofMillis(10), Duration.ofMinutes(5)),
            BackupReader.read(database.section("backup")),
            migration,
            serviceRoles,
            database.list("businessChecks", check -> businessCheck(check, migration.writes())));
    database.noMore();
    return spec;
  }

  /** Either a folder for Flyway or a command: with both, nobody could say which one counts. */
  private static String migrations(Section database, MigrationSpec migration) {
    if (migration.command() == null) {
      return database.required("migrations", PlanReader::absolutePath, "/");
    }
    if (database.has("migrations")) {
      database.problem("migrations", "is not read where migration.command migrates; leave it out");
    }
    return "";
  }

  private static MigrationSpec migration(Section migration) {
    MigrationSpec otherwise = MigrationSpec.DEFAULT;
    MigrationSpec spec =
        new MigrationSpec(
            migration.has("command") ? CommandReader.read(migration.section("command")) : null,
            migration.optional("writes", Writes::of, otherwise.writes()),
            migration.duration("freezeLimit", otherwise.freezeLimit(), SECOND, HOUR),
            migration.duration("lockBudget", otherwise.lockBudget(), SECOND, HOUR),
            migration.list("waivers", DatabaseReader::waiver));
    migration.noMore();
    return spec;
  }

  private static Waiver waiver(Section waiver) {
    return new Waiver(
        waiver.text("rule"),
        waiver.text("file"),
        waiver.required("sha256", DatabaseReader::sha256, "0".repeat(64)),
        waiver.text("reason"),
        waiver.text("approver"));
  }

  private static BusinessCheck businessCheck(Section check, Writes writes) {
    String expected =
        check.optional(
            "expect",
            text -> {
              if (!text.equals("true") && !text.equals("unchanged")) {
                throw new IllegalArgumentException("must be true or unchanged, was " + text);
              }
              return text;
            },
            "true");
    if (expected.equals("unchanged") && writes == Writes.ONLINE) {
      check.problem(
          "expect", "can be unchanged only where writes are frozen (database.migration.writes)");
    }
    return new BusinessCheck(check.text("name"), check.text("sql"), expected.equals("unchanged"));
  }

  private static String sha256(String text) {
    if (!text.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException(
          "must be 64 lower-case hex digits, as sha256sum prints them, was '" + text + "'");
    }
    return text;
  }

  private static String jdbcUrl(String text) {
    if (!text.startsWith("jdbc:postgresql://")) {
      throw new IllegalArgumentException(
          "must start with jdbc:postgresql://, was '" + Secrecy.withoutCredentials(text) + "'");
    }
    if (Secrecy.hasCredentials(text)) {
      throw new IllegalArgumentException(
          "must not hold a user or password: put them under user and password (the value is not shown here)");
    }
    return text;
  }
}

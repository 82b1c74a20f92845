package dev.liftoff.activities.database.backup;

import dev.liftoff.FailureType;
import dev.liftoff.activities.database.PostgresServer;
import dev.liftoff.activities.database.PostgresTools;
import dev.liftoff.database.BackupMethod;
import dev.liftoff.database.BackupSpec;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Which method a restore point is taken by: the plan's, or the one that {@code auto} means for a
 * database of this size (database.md 4.1). A database that {@code auto} would copy and that cannot
 * be copied is dumped instead, which takes longer, and a warning says so.
 *
 * @param problems why it cannot be taken, a sentence each
 */
public record BackupChoice(BackupMethod method, List<String> problems, List<String> warnings) {
  private static final long MEGABYTE = 1024 * 1024;

  /** Changes nothing. */
  public static BackupChoice of(Connection live, PostgresServer server, PostgresTools tools)
      throws SQLException, IOException, InterruptedException {
    BackupSpec spec = server.spec().backup();
    long bytes = size(live);
    BackupMethod method = method(spec, bytes);
    if (method == BackupMethod.LOGICAL) {
      return new BackupChoice(method, List.of(), List.of());
    }
    if (isTooLarge(spec, method, bytes)) {
      return new BackupChoice(method, List.of(tooLarge(spec, bytes)), List.of());
    }
    List<String> missing = new PhysicalNeeds(live, server, tools, method).missing();
    return spec.method() == BackupMethod.AUTO && !missing.isEmpty()
        ? new BackupChoice(
            BackupMethod.LOGICAL, List.of(), List.of(dumpedInstead(bytes, method, missing)))
        : new BackupChoice(method, missing, List.of());
  }

  public static BackupMethod method(BackupSpec spec, long databaseBytes) {
    if (spec.method() != BackupMethod.AUTO) {
      return spec.method();
    }
    if (databaseBytes <= spec.logicalUpTo()) {
      return BackupMethod.LOGICAL;
    }
    return spec.stanza() == null ? BackupMethod.PHYSICAL : BackupMethod.PGBACKREST;
  }

  /** Permanent, {@code BACKUP_FAILED}, where it cannot be taken. */
  void requirePossible() {
    if (!problems.isEmpty()) {
      throw FailureType.BACKUP_FAILED.permanent(
          "%s; nothing of the database was changed".formatted(String.join("; and ", problems)));
    }
  }

  static boolean isTooLarge(BackupSpec spec, BackupMethod method, long bytes) {
    return spec.method() == BackupMethod.AUTO
        && method == BackupMethod.PHYSICAL
        && bytes > spec.physicalUpTo();
  }

  private static String tooLarge(BackupSpec spec, long bytes) {
    return "the database has %d MB, more than the %d MB of database.backup.physicalUpTo; name the stanza of a pgBackRest as database.backup.stanza, or the method"
        .formatted(bytes / MEGABYTE, spec.physicalUpTo() / MEGABYTE);
  }

  private static String dumpedInstead(long bytes, BackupMethod method, List<String> missing) {
    return "the database has %d MB and is dumped and not copied, which takes longer: method %s cannot be used, because %s"
        .formatted(bytes / MEGABYTE, method, String.join("; and ", missing));
  }

  private static long size(Connection live) throws SQLException {
    try (Statement statement = live.createStatement();
        ResultSet size = statement.executeQuery("SELECT pg_database_size(current_database())")) {
      size.next();
      return size.getLong(1);
    }
  }
}

package dev.liftoff.activities.database.backup;

import dev.liftoff.activities.database.PostgresServer;
import dev.liftoff.activities.database.PostgresTools;
import dev.liftoff.activities.database.SqlTrouble;
import dev.liftoff.activities.database.ToolFailed;
import dev.liftoff.database.BackupMethod;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What a copy of the whole server takes, and this server or host lacks; looks only. */
record PhysicalNeeds(
    Connection live, PostgresServer server, PostgresTools tools, BackupMethod method) {
  private static final List<String> PROGRAMS =
      List.of("postgres", "psql", "pg_basebackup", "pg_receivewal", "pg_verifybackup");

  private static final String SERVER =
      """
      SELECT has_function_privilege('pg_catalog.pg_create_restore_point(text)', 'EXECUTE'),
             (SELECT rolreplication OR rolsuper FROM pg_roles WHERE rolname = current_user),
             current_setting('wal_level') <> 'minimal', current_setting('archive_mode') <> 'off',
             (SELECT coalesce(string_agg(spcname, ', ' ORDER BY spcname), '')
              FROM pg_tablespace WHERE spcname NOT IN ('pg_default', 'pg_global'))
      """;

  /** One sentence each. */
  List<String> missing() throws SQLException, IOException, InterruptedException {
    List<String> missing = new ArrayList<>();
    programs(missing);
    ofServer(missing);
    if (missing.isEmpty()) {
      missing.addAll(
          method == BackupMethod.PGBACKREST ? pgBackRest().toList() : replication().toList());
    }
    return missing;
  }

  private void programs(List<String> missing) {
    List<String> absent =
        PROGRAMS.stream()
            .filter(program -> !Files.isExecutable(tools.folder().resolve(program)))
            .toList();
    if (!absent.isEmpty()) {
      missing.add(
          "%s has no %s, which restores a copy; install the server's package on the worker's host"
              .formatted(tools.folder(), String.join(", ", absent)));
    }
  }

  private void ofServer(List<String> missing) throws SQLException {
    String role = server.spec().user();
    try (Statement statement = live.createStatement();
        ResultSet row = statement.executeQuery(SERVER)) {
      row.next();
      if (!row.getBoolean(1)) {
        missing.add(
            "the role %s may not mark a restore point; GRANT EXECUTE ON FUNCTION pg_create_restore_point(text) TO %s"
                .formatted(role, role));
      }
      if (!row.getBoolean(3)) {
        missing.add("wal_level is minimal, so nothing can be restored to a point; set replica");
      }
      if (method == BackupMethod.PGBACKREST && !row.getBoolean(4)) {
        missing.add("archive_mode is off, so pgBackRest gets no log; set it on");
      }
      if (method == BackupMethod.PHYSICAL) {
        ofBaseBackup(row.getBoolean(2), row.getString(5), missing);
      }
    }
  }

  private void ofBaseBackup(boolean replicates, String tablespaces, List<String> missing) {
    String role = server.spec().user();
    if (!replicates) {
      missing.add(
          "the role %s lacks REPLICATION, which pg_basebackup needs; ALTER ROLE %s REPLICATION"
              .formatted(role, role));
    }
    if (!tablespaces.isEmpty()) {
      missing.add(
          "the server has the tablespaces %s, whose files pg_basebackup would put where the live ones are; use method logical or pgbackrest"
              .formatted(tablespaces));
    }
  }

  /** Whether it is let in is for pg_hba.conf to say, which only an attempt can tell. */
  private Stream<String> replication() throws SQLException {
    try (Connection replicating = server.openForReplication()) {
      return replicating.isClosed() ? Stream.of("it is closed") : Stream.of();
    } catch (SQLException refused) {
      if (SqlTrouble.isOutage(refused)) {
        throw refused;
      }
      return Stream.of(
          "the server does not let the role %s in for replication: %s; add a line for it to pg_hba.conf"
              .formatted(server.spec().user(), SqlTrouble.sentence(refused)));
    }
  }

  private Stream<String> pgBackRest() throws IOException, InterruptedException {
    if (server.spec().backup().stanza() == null) {
      return Stream.of("there is no stanza; name it as database.backup.stanza");
    }
    try {
      return BackupProviders.pgBackRest(server, tools).isKnown()
          ? Stream.of()
          : Stream.of(
              "pgBackRest does not know the stanza %s on the worker's host; create it, or correct database.backup.stanza or config"
                  .formatted(server.spec().backup().stanza()));
    } catch (ToolFailed failed) {
      return Stream.of(failed.sentence());
    } catch (IOException absent) {
      return Stream.of(
          "there is no %s on the worker's host; install the package pgbackrest"
              .formatted(BackupProviders.PGBACKREST));
    }
  }
}

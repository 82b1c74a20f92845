package dev.liftoff.activities.database.rescue;

import dev.liftoff.FailureType;
import dev.liftoff.activities.database.LaunchFolder;
import dev.liftoff.activities.database.PostgresServer;
import dev.liftoff.activities.database.Progress;
import dev.liftoff.database.Frozen;
import dev.liftoff.plan.Durations;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;

/**
 * Keeps everybody but the migrating role out of the database, and lets them in again with exactly
 * the rights that they had. Both may be repeated, also after a crash in between; ending a freeze
 * that never began does nothing. A setting such as {@code default_transaction_read_only} would not
 * do: any session may change it.
 *
 * <p>The migrating role must own the database and be a member of {@code pg_signal_backend}. Where
 * nobody had ever granted a right, the default is stored in full afterwards: only a direct change
 * of the system catalog could take it out again.
 */
public record Freeze(PostgresServer server, LaunchFolder folder, Progress progress) {
  private static final long PAUSE_MILLIS = 50;
  private static final String MAY_NOT = "42501";

  private static final String END =
      """
      SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
      WHERE datname = ? AND usesysid IS NOT NULL AND pid <> pg_backend_pid()
      """;
  private static final String PREPARED =
      "SELECT gid FROM pg_prepared_xacts WHERE database = ? ORDER BY prepared LIMIT 1";

  /**
   * No session is in the database, and only the migrating role can open one.
   *
   * <p>Permanent, with the rights given back: {@code DATABASE_REFUSED} when the service has a way
   * around it or a prepared transaction is left; {@code MIGRATION_FAILED} when the sessions do not
   * end within the plan's {@code freezeLimit}.
   */
  public Frozen begin() throws SQLException, IOException, InterruptedException {
    progress.report("keeping the service out of " + server.database());
    try (Connection connection = Outside.open(server)) {
      FreezeNote note = takeRights(connection);
      try {
        long ended = endSessions(connection);
        requireNothingPrepared(connection);
        return new Frozen(note.since(), ended);
      } catch (SQLException | RuntimeException | InterruptedException failed) {
        end();
        throw failed;
      }
    }
  }

  /** Everybody may do again what they could before. */
  public void end() throws SQLException, IOException {
    FreezeNote note = FreezeNote.read(folder);
    if (note == null) {
      return;
    }
    // An interrupted thread cannot reach the server, and the service must come in again.
    boolean interrupted = Thread.interrupted();
    progress.report("letting the service into " + server.database());
    try (Connection connection = Outside.open(server)) {
      connection.setAutoCommit(false);
      note.rights().apply(connection, note.database());
      connection.commit();
      FreezeNote.finish(folder);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private FreezeNote takeRights(Connection connection) throws SQLException, IOException {
    connection.setAutoCommit(false);
    KeptOut service = new KeptOut(connection, server.database(), server.spec().serviceRoles());
    FreezeNote known = FreezeNote.read(folder);
    Rights before = known == null ? Rights.read(connection, server.database()) : known.rights();
    service.requirePossible(before);
    before.onlyLetsIn(migrator(connection)).apply(connection, server.database());
    service.requireDone(before);
    FreezeNote note = known == null ? note(before) : known;
    // Before the commit: rights that are taken and not noted could not be given back.
    note.write(folder);
    connection.commit();
    connection.setAutoCommit(true);
    return note;
  }

  private FreezeNote note(Rights before) {
    return new FreezeNote(UUID.randomUUID().toString(), server.database(), Instant.now(), before);
  }

  private long endSessions(Connection connection) throws SQLException, InterruptedException {
    long deadline = System.nanoTime() + server.spec().migration().freezeLimit().toNanos();
    long ended = 0;
    for (long left = signal(connection); left > 0; left = signal(connection)) {
      ended = Math.max(ended, left);
      if (System.nanoTime() > deadline) {
        throw FailureType.MIGRATION_FAILED.permanent(
            "%d sessions in the database %s did not end within %s; the service was let in again"
                .formatted(
                    left,
                    server.database(),
                    Durations.text(server.spec().migration().freezeLimit())));
      }
      Thread.sleep(PAUSE_MILLIS);
    }
    return ended;
  }

  private long signal(Connection connection) throws SQLException {
    try {
      return Sql.number(connection, END, server.database());
    } catch (SQLException refused) {
      if (MAY_NOT.equals(refused.getSQLState())) {
        throw FailureType.DATABASE_REFUSED.permanent(
            "role %s may not end the sessions in the database %s; grant it pg_signal_backend, and close the sessions of superusers by hand"
                .formatted(server.spec().user(), server.database()));
      }
      throw refused;
    }
  }

  private void requireNothingPrepared(Connection connection) throws SQLException {
    String prepared = Sql.value(connection, PREPARED, server.database());
    if (prepared != null) {
      throw FailureType.DATABASE_REFUSED.permanent(
          "the database %s has the prepared transaction %s; commit it or roll it back"
              .formatted(server.database(), prepared));
    }
  }

  private static String migrator(Connection connection) throws SQLException {
    return String.valueOf(Sql.value(connection, "SELECT quote_ident(current_user)"));
  }
}

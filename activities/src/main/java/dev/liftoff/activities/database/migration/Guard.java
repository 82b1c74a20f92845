package dev.liftoff.activities.database.migration;

import dev.liftoff.activities.database.PostgresServer;
import dev.liftoff.activities.database.Progress;
import dev.liftoff.activities.database.SqlTrouble;
import io.temporal.failure.ApplicationFailure;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to migrate this database: an advisory lock that a session of its own holds. Flyway's
 * lock goes with a dying worker while the server still works for it, so this one is looked at all
 * the time, by the migration's own transaction too, and its loss ends the run.
 */
final class Guard implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Guard.class);

  /** "LIFT"; an advisory lock belongs to one database. */
  private static final int LOCK_CLASS = 0x4C494654;

  private static final int LOCK = 1;
  private static final Duration WAIT = Duration.ofSeconds(30);
  private static final Duration LOOK = Duration.ofMillis(100);

  /** A session that does not answer for so long is as good as lost. */
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);

  private static final String BLOCKERS =
      "SELECT "
          + Blocker.COLUMNS
          + """
           FROM pg_catalog.pg_stat_activity m
           CROSS JOIN LATERAL unnest(pg_catalog.pg_blocking_pids(m.pid)) AS blocker (pid)
           JOIN pg_catalog.pg_stat_activity b ON b.pid = blocker.pid
           WHERE m.application_name = pg_catalog.current_setting('application_name')
             AND m.pid <> pg_catalog.pg_backend_pid() AND m.wait_event_type = 'Lock'
          """;

  private static final String HELD =
      """
      SELECT count(*) FROM pg_catalog.pg_locks l
      JOIN pg_catalog.pg_database d ON d.oid = l.database AND d.datname = pg_catalog.current_database()
      WHERE l.locktype = 'advisory' AND l.classid::bigint = ? AND l.objid::bigint = ? AND l.pid = ? AND l.granted
      """;

  private final PostgresServer server;
  private final Connection session;
  private final Duration look;
  private final int pid;
  private final List<GuardedSource> sources = new CopyOnWriteArrayList<>();
  private final List<Runnable> cuts = new CopyOnWriteArrayList<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread watch;
  private volatile boolean lost;
  private volatile List<Blocker> blockers = List.of();

  private Guard(PostgresServer server, Connection session, Duration look) throws SQLException {
    this.server = server;
    this.look = look;
    this.session = session;
    this.pid = number(session, "SELECT pg_catalog.pg_backend_pid()");
    this.watch = Thread.ofVirtual().name("migration-guard").start(this::watch);
  }

  /** Waits a while for another launch that migrates this database. */
  static Guard hold(PostgresServer server, Progress progress)
      throws SQLException, InterruptedException {
    return hold(server, progress, LOOK);
  }

  /**
   * @param look how often the guard looks whether it still holds the lock
   */
  static Guard hold(PostgresServer server, Progress progress, Duration look)
      throws SQLException, InterruptedException {
    Connection session = server.migrationSource(Duration.ZERO).getConnection();
    try {
      session.setNetworkTimeout(Runnable::run, (int) ANSWER_LIMIT.toMillis());
      long deadline = System.nanoTime() + WAIT.toNanos();
      while (!taken(session)) {
        if (System.nanoTime() > deadline) {
          throw ApplicationFailure.newFailure(
              "another migration of this database is running", SqlTrouble.RETRYABLE);
        }
        progress.report("another migration of this database is running; waiting for its end");
        Thread.sleep(LOOK);
      }
      return new Guard(server, session, look);
    } catch (SQLException | InterruptedException | RuntimeException failed) {
      session.close();
      throw failed;
    }
  }

  /** For Flyway, which opens its connections itself. */
  GuardedSource source(Duration lockLimit) {
    GuardedSource source = new GuardedSource(server.migrationSource(lockLimit));
    sources.add(source);
    if (lost) {
      source.cut();
    }
    blockers = List.of();
    return source;
  }

  /** Runs when the right to migrate is lost, or has been: it cuts off what works by it. */
  void whenLost(Runnable cut) {
    cuts.add(cut);
    if (lost) {
      cut.run();
    }
  }

  void requireHeld() {
    if (lost) {
      throw ApplicationFailure.newFailure(
          "the session that guards the migration ended, so the migration was called off",
          SqlTrouble.RETRYABLE);
    }
  }

  /**
   * As the server sees it, inside the migration's transaction: it is not committed after another
   * attempt has taken over.
   */
  void requireHeld(Connection migration) throws SQLException {
    try (PreparedStatement statement = migration.prepareStatement(HELD)) {
      statement.setLong(1, LOCK_CLASS);
      statement.setLong(2, LOCK);
      statement.setInt(3, pid);
      try (ResultSet result = statement.executeQuery()) {
        if (!result.next() || result.getInt(1) == 0) {
          lose();
        }
      }
    }
    requireHeld();
  }

  /** Who stood in the way last, since the last source was asked for. */
  List<Blocker> blockers() {
    return blockers;
  }

  int pid() {
    return pid;
  }

  @Override
  public void close() {
    closing.countDown();
    try {
      watch.join();
      session.close();
    } catch (SQLException gone) {
      log.info("the guard's session had ended launch={}", server.launch());
    } catch (InterruptedException called) {
      Thread.currentThread().interrupt();
      sources.forEach(GuardedSource::cut);
    }
  }

  private void watch() {
    try {
      while (!closing.await(look.toMillis(), TimeUnit.MILLISECONDS)) {
        if (number(session, "SELECT pg_catalog.pg_backend_pid()") != pid) {
          throw new SQLException("a pooler gave the guard another session");
        }
        List<Blocker> now = lookForBlockers();
        blockers = now.isEmpty() ? blockers : now;
      }
    } catch (SQLException ended) {
      log.warn("the guard's session ended launch={}", server.launch());
      lose();
    } catch (InterruptedException called) {
      lose();
    }
  }

  private void lose() {
    lost = true;
    sources.forEach(GuardedSource::cut);
    cuts.forEach(Runnable::run);
  }

  private List<Blocker> lookForBlockers() throws SQLException {
    List<Blocker> found = new ArrayList<>();
    try (Statement statement = session.createStatement();
        ResultSet result = statement.executeQuery(BLOCKERS)) {
      while (result.next()) {
        found.add(Blocker.read(result));
      }
    }
    return found;
  }

  private static boolean taken(Connection session) throws SQLException {
    return number(
            session,
            "SELECT pg_catalog.pg_try_advisory_lock(%d, %d)::int".formatted(LOCK_CLASS, LOCK))
        == 1;
  }

  private static int number(Connection session, String sql) throws SQLException {
    try (Statement statement = session.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getInt(1);
    }
  }
}

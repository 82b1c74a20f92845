package dev.liftoff.activities.database.rehearsal;

import dev.liftoff.activities.database.PostgresServer;
import dev.liftoff.activities.database.Progress;
import dev.liftoff.activities.database.migration.CommandContainer;
import dev.liftoff.activities.database.migration.CommandContainer.Ran;
import dev.liftoff.activities.database.migration.CommandContainer.Use;
import dev.liftoff.activities.database.migration.CommandState;
import dev.liftoff.database.RowsTouched;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Runs a command on the copy, and then once more: what it does is seen from outside. */
final class CommandCopyRun {
  private static final Duration SESSION_END = Duration.ofSeconds(20);
  private static final Duration LOOK = Duration.ofMillis(50);
  private static final String OTHERS =
      "SELECT count(*) FROM pg_catalog.pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend' AND application_name <> current_setting('application_name')";

  private final CommandContainer container;
  private final String copy;
  private final Progress progress;
  private final CopyTables tables;
  private final List<String> troubles = new ArrayList<>();

  CommandCopyRun(CommandContainer container, String copy, Progress progress) {
    this.container = container;
    this.copy = copy;
    this.progress = progress;
    this.tables = new CopyTables(container.server(), copy, progress);
  }

  /**
   * What was found.
   *
   * @param states the one before, and the one after each commit
   * @param every whether no commit can have been missed
   */
  record Outcome(CopyRun.Result result, List<CommandState> states, boolean every) {}

  /** What one run did, as the whole copy shows it. */
  private record Once(
      Ran ran,
      List<CommandState> states,
      boolean every,
      Duration took,
      CopyState before,
      CopyState after,
      Map<Long, Long> countsBefore,
      Map<Long, Map<String, Duration>> held,
      Map<Long, RowsTouched> rows) {}

  Outcome run() throws SQLException, IOException, InterruptedException {
    CopyState before = tables.look(Map.of());
    tables.analyze(before);
    Once first = once(before);
    requireSuccess(first.ran());
    List<Observed> observed = new ArrayList<>();
    List<CommandState> states = List.of(first.states().getFirst());
    if (troubles.isEmpty() && changed(first)) {
      states = first.states();
      observed.add(observed(first, first.every() && states.size() <= 2));
    }
    if (troubles.isEmpty()) {
      again(first.after());
    }
    return new Outcome(
        new CopyRun.Result(before, first.countsBefore(), observed, List.copyOf(troubles), Map.of()),
        states,
        first.every());
  }

  private Once once(CopyState before) throws SQLException, IOException, InterruptedException {
    Map<Long, Long> countsBefore = Map.copyOf(tables.counts());
    progress.report("rehearsing " + container.command().text());
    Map<Long, RowsTouched> rowsBefore = committedRows();
    try (Connection watching = tables.open();
        LockWatch watch = new LockWatch(watching, Counters::othersLocks)) {
      CommitLook commits = new CommitLook(this::state, state(), watch::now);
      Ran ran = container.run(Use.REHEARSAL, copy, container.server().spec().lockLimit(), commits);
      awaitSessionsEnd();
      Map<Long, Map<String, Duration>> held = watch.end(Map.of(), System.nanoTime());
      CopyState after = tables.look(Map.of());
      Map<Long, RowsTouched> rows = Counters.since(rowsBefore, committedRows());
      rows.keySet().removeIf(oid -> !after.isTable(oid) && !before.isTable(oid));
      rows.keySet().removeAll(versionTables());
      return once(ran, commits, before, after, countsBefore, held, rows);
    }
  }

  /** What was changed without a commit that was seen makes it unknown what a crash can leave. */
  private Once once(
      Ran ran,
      CommitLook commits,
      CopyState before,
      CopyState after,
      Map<Long, Long> countsBefore,
      Map<Long, Map<String, Duration>> held,
      Map<Long, RowsTouched> rows)
      throws SQLException {
    List<CommandState> states = new ArrayList<>(commits.states());
    CommandState end = state();
    boolean seen = end.equals(states.getLast());
    if (!seen) {
      states.add(end);
    }
    return new Once(
        ran,
        List.copyOf(states),
        commits.every() && seen,
        commits.took(),
        before,
        after,
        countsBefore,
        held,
        rows);
  }

  private void requireSuccess(Ran ran) {
    String text = container.command().text();
    if (!ran.connected()) {
      troubles.add(
          "%s never reached the copy by the address in %s, so nothing is proven: %s (command-failure)"
              .formatted(text, container.command().urlVariable(), ran.words()));
    } else if (!ran.succeeded()) {
      troubles.add(
          "%s fails on the copy: it %s: %s; it would fail on the live database too: correct it (command-failure)"
              .formatted(text, end(ran), ran.words()));
    }
  }

  private String end(Ran ran) {
    return ran.ended().inTime()
        ? "ended with code " + ran.ended().exitCode()
        : "did not end within %d s"
            .formatted(container.server().spec().migrationLimit().toSeconds());
  }

  private static boolean changed(Once once) {
    return once.states().stream().distinct().count() > 1
        || !once.rows().isEmpty()
        || !once.before().equals(once.after());
  }

  private Observed observed(Once once, boolean atomic) {
    Map<Long, Set<String>> modes = new TreeMap<>();
    once.held().forEach((oid, each) -> modes.put(oid, new TreeSet<>(each.keySet())));
    return new Observed(
        once.states().getLast().version(),
        container.command().text(),
        0,
        atomic,
        once.took(),
        once.before(),
        once.after(),
        modes,
        once.held(),
        once.rows(),
        lost(once));
  }

  /** A table that is emptied counts no deleted rows; its storage tells. */
  private Map<Long, Long> lost(Once once) {
    Map<Long, Long> lost = new TreeMap<>();
    once.countsBefore()
        .forEach((oid, count) -> {
          Table table = once.after().tables().get(oid);
          Table old = once.before().tables().get(oid);
          if (table == null || old == null || table.storage() == old.storage()) {
            return;
          }
          RowsTouched touched = once.rows().getOrDefault(oid, new RowsTouched(0, 0, 0));
          long expected = count + touched.inserted() - touched.deleted();
          long now = tables.counts().getOrDefault(oid, expected);
          if (now < expected) {
            lost.put(oid, expected - now);
          }
        });
    return lost;
  }

  private void again(CopyState before) throws SQLException, IOException, InterruptedException {
    progress.report("running the command a second time");
    Once second = once(before);
    String text = container.command().text();
    if (!second.ran().succeeded()) {
      troubles.add(
          "%s fails when it is run a second time: %s; it must do nothing when the schema is at its end (second-run)"
              .formatted(text, second.ran().words()));
    } else if (changed(second)) {
      troubles.add(
          "%s changes the database again when it is run a second time; it must do nothing then (second-run)"
              .formatted(text));
    }
  }

  private Map<Long, RowsTouched> committedRows() throws SQLException {
    try (Connection connection = tables.open()) {
      return Counters.committed(connection);
    }
  }

  private Set<Long> versionTables() throws SQLException {
    try (Connection connection = tables.open()) {
      return VersionTables.of(connection, container.command());
    } catch (SQLException noTableYet) {
      return Set.of();
    }
  }

  /** What a session did is counted when it has ended. */
  private void awaitSessionsEnd() throws SQLException, InterruptedException {
    long deadline = System.nanoTime() + SESSION_END.toNanos();
    try (Connection connection = tables.open();
        Statement statement = connection.createStatement()) {
      while (others(statement) > 0) {
        if (System.nanoTime() > deadline) {
          throw new SQLException("a session of the command in the copy does not end");
        }
        Thread.sleep(LOOK);
      }
    }
  }

  private static int others(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery(OTHERS)) {
      row.next();
      return row.getInt(1);
    }
  }

  private CommandState state() throws SQLException {
    return CommandState.read(server(), copy, container.command());
  }

  private PostgresServer server() {
    return container.server();
  }
}

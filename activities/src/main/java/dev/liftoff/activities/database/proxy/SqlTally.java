package dev.liftoff.activities.database.proxy;

import dev.liftoff.compatibility.SqlError;
import dev.liftoff.compatibility.SqlSeen;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Counts what goes between a container and its database, over all its connections. */
public final class SqlTally {
  /** A function can raise any SQLSTATE; beyond this many only the class is counted. */
  private static final int MOST_STATES = 256;

  /** Tags of statements that say nothing about rows: a pool sends them without being used. */
  static final Set<String> SETTING_UP =
      Set.of(
          "SET",
          "RESET",
          "SHOW",
          "BEGIN",
          "START",
          "COMMIT",
          "ROLLBACK",
          "SAVEPOINT",
          "RELEASE",
          "DISCARD",
          "DEALLOCATE",
          "LISTEN",
          "UNLISTEN",
          "CLOSE");

  private static final Set<String> WRITING = Set.of("INSERT", "UPDATE", "DELETE", "MERGE", "COPY");

  private final Map<String, SqlError> errors = new TreeMap<>();
  private long connections;
  private long statements;
  private long rowsWritten;
  private long unreadable;
  private final SessionEvents events;

  public SqlTally() {
    this(SessionEvents.IGNORED);
  }

  public SqlTally(SessionEvents events) {
    this.events = events;
  }

  SessionEvents events() {
    return events;
  }

  synchronized void connected() {
    connections++;
  }

  synchronized void unreadable() {
    unreadable++;
  }

  /** A statement with this tag, such as {@code INSERT 0 3}, was completed. */
  synchronized void completed(String tag) {
    String[] words = tag.split(" ", -1);
    if (SETTING_UP.contains(words[0])) {
      return;
    }
    statements++;
    if (WRITING.contains(words[0]) && words.length > 1) {
      rowsWritten += Long.parseLong(words[words.length - 1]);
    }
  }

  synchronized void error(ErrorFields error) {
    statements++;
    String state =
        errors.containsKey(error.state()) || errors.size() < MOST_STATES
            ? error.state()
            : error.state().substring(0, 2) + "***";
    errors.merge(
        state,
        new SqlError(state, 1, error.sentence()),
        (known, one) -> new SqlError(state, known.count() + 1, known.example()));
  }

  public synchronized SqlSeen seen() {
    return new SqlSeen(
        connections, statements, rowsWritten, 0, unreadable, List.copyOf(errors.values()));
  }
}

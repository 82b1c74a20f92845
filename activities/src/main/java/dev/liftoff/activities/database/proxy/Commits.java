package dev.liftoff.activities.database.proxy;

import java.util.Set;

/**
 * Tells from the server's answers when a session has committed something (PostgreSQL documentation,
 * "Message Formats": CommandComplete, ReadyForQuery).
 */
final class Commits {
  private static final Set<String> READING = Set.of("FETCH", "MOVE", "EXPLAIN", "PORTAL");

  /** These take no lock that stops anybody. */
  private static final Set<String> ROWS =
      Set.of("SELECT", "INSERT", "UPDATE", "DELETE", "MERGE", "COPY");

  private final SessionEvents events;
  private boolean changed;
  private boolean asked;
  private boolean locked;
  private boolean failed;
  private boolean rolledBack;
  private int ends;

  Commits(SessionEvents events) {
    this.events = events;
  }

  void failed() {
    failed = true;
  }

  /**
   * @param tag such as {@code INSERT 0 3}
   */
  void completed(String tag) {
    String word = tag.split(" ", 2)[0];
    boolean idle =
        SqlTally.SETTING_UP.contains(word) || READING.contains(word) || tag.equals("COPY");
    boolean asks = word.equals("SELECT");
    changed |= !idle && !asks;
    asked |= asks;
    locked |= !idle && !ROWS.contains(word);
    rolledBack |= word.equals("ROLLBACK");
    ends += word.equals("COMMIT") ? 1 : 0;
  }

  /**
   * @param status {@code I} outside of a transaction, {@code T} in one, {@code E} in one that
   *     failed
   */
  void ready(char status) {
    if (status == 'I') {
      if ((changed || asked) && !failed && !rolledBack) {
        events.committed(changed, ends <= 1);
      }
      changed = false;
      asked = false;
      ends = 0;
    } else if (locked) {
      events.holding();
    }
    locked = false;
    if (status != 'E') {
      failed = false;
      rolledBack = false;
    }
  }
}

package dev.liftoff.compatibility;

import java.util.List;

/**
 * What went between a container under trial and the copy.
 *
 * @param connections that reached the copy
 * @param statements that were completed or refused, without those that only set up a session or a
 *     transaction
 * @param rowsWritten that were inserted, updated or deleted by statements
 * @param liveSessions that the container had on the live server, past the copy, when it was looked
 *     at
 * @param unreadable connections on which errors may have gone unseen
 */
public record SqlSeen(
    long connections,
    long statements,
    long rowsWritten,
    long liveSessions,
    long unreadable,
    List<SqlError> errors) {
  public static final SqlSeen NOTHING = new SqlSeen(0, 0, 0, 0, 0, List.of());

  public SqlSeen {
    errors = List.copyOf(errors);
  }

  /** It used the copy, and nothing but the copy: what the run answers is about the copy. */
  public boolean valid() {
    return statements > 0 && liveSessions == 0 && unreadable == 0;
  }

  public SqlSeen withLiveSessions(long count) {
    return new SqlSeen(connections, statements, rowsWritten, count, unreadable, errors);
  }
}

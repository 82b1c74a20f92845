package dev.liftoff.activities.database.proxy;

/**
 * What goes on in the sessions through a proxy. The client hears nothing of it before the call has
 * returned, so that what is looked at meanwhile is what the event left.
 */
public interface SessionEvents {
  SessionEvents IGNORED = new SessionEvents() {};

  /** A session has begun to work; the number is that of its process on the server. */
  default void opened(int pid) {}

  /** A statement that may hold locks is done, and its transaction goes on. */
  default void holding() {}

  /**
   * Statements are committed.
   *
   * @param changing false for a {@code SELECT} alone, which may be a {@code CREATE TABLE AS}, and
   *     is nothing most of the time
   * @param alone false when there were several commits since the last call
   */
  default void committed(boolean changing, boolean alone) {}
}

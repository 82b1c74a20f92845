package dev.liftoff.activities.database;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a session tells the server when it begins. */
final class SessionOptions {
  /** The server notices within this time that the worker has died, and stops working for it. */
  private static final Duration DEAD_CLIENT_CHECK = Duration.ofSeconds(1);

  private SessionOptions() {}

  /**
   * @param fromUrl what the plan's url says besides; null for nothing
   */
  static String of(@Nullable String fromUrl, Duration lockLimit, Duration statementLimit) {
    return (fromUrl == null ? "" : fromUrl + " ")
        + option("lock_timeout", lockLimit)
        + option("statement_timeout", statementLimit)
        + option("idle_in_transaction_session_timeout", Duration.ZERO)
        + ofTool();
  }

  static String ofTool() {
    return option("client_connection_check_interval", DEAD_CLIENT_CHECK);
  }

  private static String option(String name, Duration value) {
    return "-c " + name + "=" + value.toMillis() + " ";
  }
}

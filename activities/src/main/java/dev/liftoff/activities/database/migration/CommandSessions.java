package dev.liftoff.activities.database.migration;

import dev.liftoff.Payloads;
import dev.liftoff.activities.database.LaunchFolder;
import dev.liftoff.activities.database.PostgresServer;
import dev.liftoff.activities.database.Purpose;
import dev.liftoff.activities.database.proxy.SessionEvents;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The sessions that a migration command has on the live database, noted before it can work in them:
 * a tool may call itself what it likes, so the next attempt knows them by their process.
 */
final class CommandSessions implements SessionEvents {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Duration LOOK = Duration.ofMillis(100);
  private static final String OURS =
      "FROM pg_catalog.pg_stat_activity WHERE pid = ? AND backend_start::text = ?";

  /** Process and start of each: the number alone may be another one's later. */
  record Noted(Map<Integer, String> startedAt) {
    Noted {
      startedAt = new TreeMap<>(startedAt);
    }
  }

  private final PostgresServer server;
  private final LaunchFolder folder;
  private final Path file;

  CommandSessions(PostgresServer server, LaunchFolder folder) {
    this.server = server;
    this.folder = folder;
    this.file = folder.path().resolve("command-sessions.json");
  }

  @Override
  public synchronized void opened(int pid) {
    try (Connection connection = server.open(Purpose.READ)) {
      Map<Integer, String> all = new TreeMap<>(read().startedAt());
      for (String start : starts(connection, pid)) {
        all.put(pid, start);
      }
      folder.write(file, Payloads.mapper().writeValueAsBytes(new Noted(all)));
    } catch (SQLException unread) {
      throw new IllegalStateException("a session of the command could not be noted", unread);
    } catch (IOException unwritten) {
      throw new UncheckedIOException(unwritten);
    }
  }

  /** None of them works any more when this returns. */
  void end() throws SQLException, IOException, InterruptedException {
    Noted noted = read();
    try (Connection connection = server.open(Purpose.READ)) {
      long deadline = System.nanoTime() + LIMIT.toNanos();
      while (signalled(connection, noted) > 0) {
        if (System.nanoTime() > deadline) {
          throw new SQLException("sessions of an earlier attempt's command do not end");
        }
        Thread.sleep(LOOK);
      }
    }
    Files.deleteIfExists(file);
  }

  private Noted read() throws IOException {
    return Files.exists(file)
        ? Payloads.mapper().readValue(file.toFile(), Noted.class)
        : new Noted(Map.of());
  }

  private static List<String> starts(Connection connection, int pid) throws SQLException {
    String sql = "SELECT backend_start::text FROM pg_catalog.pg_stat_activity WHERE pid = ?";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setInt(1, pid);
      try (ResultSet result = statement.executeQuery()) {
        return result.next() ? List.of(result.getString(1)) : List.of();
      }
    }
  }

  private static int signalled(Connection connection, Noted noted) throws SQLException {
    int count = 0;
    String sql = "SELECT count(pg_catalog.pg_terminate_backend(pid)) " + OURS;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (Map.Entry<Integer, String> each : noted.startedAt().entrySet()) {
        statement.setInt(1, each.getKey());
        statement.setString(2, each.getValue());
        try (ResultSet result = statement.executeQuery()) {
          result.next();
          count += result.getInt(1);
        }
      }
    }
    return count;
  }
}

package dev.liftoff.activities.database.migration;

import dev.liftoff.activities.database.OwnSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;

/** Connections that are cut when the right to migrate is lost. */
final class GuardedSource extends OwnSource {
  private final DataSource source;
  private final List<Connection> opened = new CopyOnWriteArrayList<>();
  private volatile boolean cut;

  GuardedSource(DataSource source) {
    this.source = source;
  }

  /** The server notices within a second, and rolls back. */
  void cut() {
    cut = true;
    opened.forEach(GuardedSource::abort);
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection connection = source.getConnection();
    opened.add(connection);
    if (cut) {
      abort(connection);
    }
    return connection;
  }

  private static void abort(Connection connection) {
    try {
      connection.abort(Runnable::run);
    } catch (SQLException gone) {
      // As wanted.
    }
  }
}

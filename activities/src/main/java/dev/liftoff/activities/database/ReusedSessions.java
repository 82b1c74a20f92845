package dev.liftoff.activities.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import javax.sql.ConnectionEvent;
import javax.sql.ConnectionEventListener;
import javax.sql.PooledConnection;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGConnectionPoolDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reading sessions that one step uses again and again: a login costs 10 to 20 ms of hashing
 * (SCRAM), and a migration would pay for some twenty. Each is as new when it is lent.
 */
final class ReusedSessions implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ReusedSessions.class);

  private final Map<String, Deque<PooledConnection>> idle = new HashMap<>();
  private boolean closed;

  /** Closing what is lent gives it back. */
  Connection lend(String database, PGConnectionPoolDataSource source) throws SQLException {
    for (PooledConnection used = take(database); used != null; used = take(database)) {
      Connection asNew = renewed(used);
      if (asNew != null) {
        return asNew;
      }
    }
    PooledConnection session = source.getPooledConnection();
    session.addConnectionEventListener(new Return(database, session));
    return session.getConnection();
  }

  private static @Nullable Connection renewed(PooledConnection session) {
    try {
      Connection connection = session.getConnection();
      connection.setReadOnly(false);
      try (Statement statement = connection.createStatement()) {
        statement.execute("DISCARD ALL");
      }
      return connection;
    } catch (SQLException ended) {
      end(session);
      return null;
    }
  }

  private synchronized @Nullable PooledConnection take(String database) {
    Deque<PooledConnection> sessions = idle.get(database);
    return sessions == null ? null : sessions.poll();
  }

  private synchronized void giveBack(String database, PooledConnection session) {
    if (closed) {
      end(session);
    } else {
      idle.computeIfAbsent(database, _ -> new ArrayDeque<>()).push(session);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    idle.values().forEach(sessions -> sessions.forEach(ReusedSessions::end));
    idle.clear();
  }

  private static void end(PooledConnection session) {
    try {
      session.close();
    } catch (SQLException gone) {
      log.debug("a session had ended", gone);
    }
  }

  private final class Return implements ConnectionEventListener {
    private final String database;
    private final PooledConnection session;

    Return(String database, PooledConnection session) {
      this.database = database;
      this.session = session;
    }

    @Override
    public void connectionClosed(ConnectionEvent event) {
      giveBack(database, session);
    }

    @Override
    public void connectionErrorOccurred(ConnectionEvent event) {
      end(session);
    }
  }
}

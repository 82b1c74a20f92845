package dev.liftoff.activities.database.proxy;

import dev.liftoff.activities.database.PostgresServer;
import dev.liftoff.activities.database.Purpose;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.core.SocketFactoryFactory;
import org.postgresql.jdbc.PgConnection;
import org.postgresql.ssl.PGjdbcHostnameVerifier;
import org.postgresql.util.HostSpec;
import org.postgresql.util.PSQLException;

/**
 * The server that the driver found by the plan's url, and whether it spoke to it encrypted: the
 * proxy does the same.
 *
 * @param url for its settings of encryption
 */
public record Upstream(String host, int port, boolean encrypted, String url, Duration limit) {
  private static final String ENCRYPTED =
      "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()";

  /** Also proof that the copy exists and can be reached with the launch's own role. */
  public static Upstream of(PostgresServer server, String copy, Duration limit)
      throws SQLException {
    try (Connection connection = server.open(copy, Purpose.READ);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(ENCRYPTED)) {
      HostSpec found = connection.unwrap(PgConnection.class).getQueryExecutor().getHostSpec();
      boolean encrypted = result.next() && result.getBoolean(1);
      return new Upstream(found.getHost(), found.getPort(), encrypted, server.spec().url(), limit);
    }
  }

  Socket open() throws IOException {
    Socket plain = new Socket();
    try {
      plain.connect(new InetSocketAddress(host, port), Math.toIntExact(limit.toMillis()));
      plain.setTcpNoDelay(true);
      return encrypted ? encrypted(plain) : plain;
    } catch (IOException refused) {
      plain.close();
      throw refused;
    }
  }

  private Socket encrypted(Socket plain) throws IOException {
    plain.setSoTimeout(Math.toIntExact(limit.toMillis()));
    plain
        .getOutputStream()
        .write(ByteBuffer.allocate(8).putInt(8).putInt(Startup.SSL_REQUEST).array());
    if (plain.getInputStream().read() != 'S') {
      throw new IOException("the server no longer offers encryption");
    }
    SSLSocket safe = (SSLSocket) factory().createSocket(plain, host, port, true);
    safe.startHandshake();
    requireHost(safe);
    safe.setSoTimeout(0);
    return safe;
  }

  private void requireHost(SSLSocket safe) throws IOException {
    boolean named = "verify-full".equals(settings().getProperty("sslmode"));
    if (named && !PGjdbcHostnameVerifier.INSTANCE.verify(host, safe.getSession())) {
      throw new IOException("the server's certificate is not for " + host);
    }
  }

  private SSLSocketFactory factory() throws IOException {
    try {
      return SocketFactoryFactory.getSslSocketFactory(settings());
    } catch (PSQLException unusable) {
      throw new IOException(unusable);
    }
  }

  private Properties settings() {
    @Nullable Properties settings = Driver.parseURL(url, null);
    return settings == null ? new Properties() : settings;
  }
}

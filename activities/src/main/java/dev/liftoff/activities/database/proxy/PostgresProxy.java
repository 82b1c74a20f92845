package dev.liftoff.activities.database.proxy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.function.Predicate;

/**
 * Between a container and the server: whatever database is asked for, it leads to its destination,
 * and counts what the server answers. Authentication, rows and everything else passes as it is.
 * Listens on a free port until it is closed, with a bounded number of connections and two buffers
 * each.
 */
public final class PostgresProxy implements AutoCloseable {
  private final Upstream upstream;
  private final Destination destination;
  private final SqlTally tally;
  private final Listener listener;

  /**
   * @param admitted who may connect: the address is open to everyone else in the network too
   */
  public PostgresProxy(
      Upstream upstream,
      Destination destination,
      SqlTally tally,
      InetAddress address,
      Predicate<InetAddress> admitted)
      throws IOException {
    this.upstream = upstream;
    this.destination = destination;
    this.tally = tally;
    this.listener = new Listener(address, admitted, this::serve);
  }

  public String host() {
    return listener.host();
  }

  public int port() {
    return listener.port();
  }

  /** Ends every connection, and the listening. */
  @Override
  public void close() {
    listener.close();
  }

  private void serve(Socket client, Listener.Open open) throws IOException {
    try (ProxySession session = new ProxySession(client, upstream, destination, tally)) {
      open.track(session.connect()).setTcpNoDelay(true);
      session.relay(open::execute);
    }
  }
}

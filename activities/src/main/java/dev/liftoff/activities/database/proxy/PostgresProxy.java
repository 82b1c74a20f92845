package dev.liftoff.activities.database.proxy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Between a container and the server: whatever database is asked for, it leads to its destination,
 * and counts what the server answers. Authentication, rows and everything else passes as it is.
 * Listens on a free port until it is closed, with a bounded number of connections and two buffers
 * each.
 */
public final class PostgresProxy implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(PostgresProxy.class);
  private static final int MOST_CONNECTIONS = 256;
  private static final int WAITING = 128;

  private final Upstream upstream;
  private final Destination destination;
  private final SqlTally tally;
  private final Predicate<InetAddress> admitted;
  private final ServerSocket listener;
  private final Semaphore places = new Semaphore(MOST_CONNECTIONS);
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

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
    this.admitted = admitted;
    this.listener = new ServerSocket(0, WAITING, address);
    threads.execute(this::accept);
  }

  public String host() {
    return listener.getInetAddress().getHostAddress();
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** Ends every connection, and the listening. */
  @Override
  public void close() {
    quietly(listener::close);
    open.forEach(socket -> quietly(socket::close));
    threads.close();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        admit(listener.accept());
      } catch (IOException closed) {
        log.debug("proxy does not listen any more port={}", port());
      }
    }
  }

  private void admit(Socket client) throws IOException {
    if (!admitted.test(client.getInetAddress()) || !places.tryAcquire()) {
      client.close();
      return;
    }
    try {
      threads.execute(() -> serve(client));
    } catch (RejectedExecutionException closing) {
      client.close();
    }
  }

  private void serve(Socket client) {
    try (client;
        ProxySession session = new ProxySession(tracked(client), upstream, destination, tally)) {
      tracked(session.connect()).setTcpNoDelay(true);
      session.relay(threads);
    } catch (IOException | RejectedExecutionException ended) {
      // Health checks of ports, pools that give up, containers that end: nothing that was answered.
      log.debug("connection ended reason={}", ended.getMessage());
    } finally {
      open.removeIf(Socket::isClosed);
      places.release();
    }
  }

  private Socket tracked(Socket socket) throws IOException {
    open.add(socket);
    if (listener.isClosed()) {
      socket.close();
    }
    return socket;
  }

  private interface Closing {
    void close() throws IOException;
  }

  private static void quietly(Closing closing) {
    try {
      closing.close();
    } catch (IOException already) {
      log.debug("closing failed reason={}", already.getMessage());
    }
  }
}

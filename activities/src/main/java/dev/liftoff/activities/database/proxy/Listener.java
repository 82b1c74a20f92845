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
 * Listens on a free port until it is closed, with a bounded number of connections, each served on a
 * thread of its own.
 */
public final class Listener implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Listener.class);
  private static final int MOST_CONNECTIONS = 256;
  private static final int WAITING = 128;

  /** What is done with a connection; when it returns, the connection is closed. */
  public interface Service {
    void serve(Socket client, Open open) throws IOException;
  }

  /** What a connection may open beside itself. */
  public interface Open {
    /** Closed with the listener. */
    Socket track(Socket socket) throws IOException;

    /** Waited for when the listener is closed. */
    void execute(Runnable work);
  }

  private final Predicate<InetAddress> admitted;
  private final Service service;
  private final ServerSocket listener;
  private final Semaphore places = new Semaphore(MOST_CONNECTIONS);
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /**
   * @param admitted who may connect: the address may be open to others in the network too
   */
  public Listener(InetAddress address, Predicate<InetAddress> admitted, Service service)
      throws IOException {
    this.admitted = admitted;
    this.service = service;
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
    threads.shutdownNow();
    threads.close();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        admit(listener.accept());
      } catch (IOException closed) {
        log.debug("does not listen any more port={}", port());
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
    try (client) {
      service.serve(track(client), beside());
    } catch (IOException | RejectedExecutionException ended) {
      // Health checks of ports, pools that give up, containers that end: nothing that was answered.
      log.debug("connection ended reason={}", ended.getMessage());
    } finally {
      open.removeIf(Socket::isClosed);
      places.release();
    }
  }

  private Open beside() {
    return new Open() {
      @Override
      public Socket track(Socket socket) throws IOException {
        return Listener.this.track(socket);
      }

      @Override
      public void execute(Runnable work) {
        threads.execute(work);
      }
    };
  }

  private Socket track(Socket socket) throws IOException {
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

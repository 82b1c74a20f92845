package dev.liftoff.activities.traffic;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** Steady requests of some clients, each with a connection of its own that is idle now and then. */
final class Load implements AutoCloseable {
  private static final int CLIENTS = 24;
  private static final int MOST_REQUESTS_OF_A_CLIENT = 5_000;

  private final int port;
  private final boolean keep;
  private final AtomicLong sent = new AtomicLong();
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private final List<Thread> clients = new ArrayList<>();
  private volatile boolean ended;

  Load(int port, boolean keep) {
    this.port = port;
    this.keep = keep;
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(Thread.startVirtualThread(this::requests));
    }
  }

  long sent() {
    return sent.get();
  }

  List<String> failures() {
    return List.copyOf(failures);
  }

  /** Lets this many more requests pass. */
  void await(long more) throws InterruptedException {
    long until = sent.get() + more;
    long deadline = System.nanoTime() + Duration.ofSeconds(90).toNanos();
    while (sent.get() < until) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("the load does not move: " + failures);
      }
      Thread.sleep(1);
    }
  }

  @Override
  public void close() {
    ended = true;
    for (Thread client : clients) {
      try {
        client.join(Duration.ofSeconds(20));
      } catch (InterruptedException reason) {
        throw new IllegalStateException(reason);
      }
    }
  }

  private void requests() {
    try {
      Connection connection = new Connection(port);
      for (int i = 0; i < MOST_REQUESTS_OF_A_CLIENT && !ended; i++) {
        if (!connection.open()) {
          connection = new Connection(port);
        }
        request(connection, i % 5 == 0 ? "POST" : "GET");
        Thread.sleep(i % 10);
      }
      connection.close();
    } catch (IOException | InterruptedException reason) {
      failures.add(reason.toString());
    }
  }

  private void request(Connection connection, String method) throws IOException {
    sent.incrementAndGet();
    try {
      Connection.Answer answer = connection.ask(method, "/", keep);
      if (answer.status() != 200) {
        failures.add(method + " " + answer);
      }
    } catch (IOException reason) {
      failures.add(method + " " + reason);
      connection.close();
    }
  }
}

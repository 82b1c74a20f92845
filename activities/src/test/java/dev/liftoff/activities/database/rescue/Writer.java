package dev.liftoff.activities.database.rescue;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** The service: it writes all the time, and comes back when it was thrown out. */
final class Writer implements AutoCloseable {
  private static final long FIRST = 1_000_000;
  private static final long LIMIT_SECONDS = 30;

  private final Store store;
  private final List<Long> acknowledged = new CopyOnWriteArrayList<>();
  private final Thread thread;
  private volatile boolean stopped;

  Writer(Store store) {
    this.store = store;
    this.thread = Thread.ofPlatform().start(this::write);
  }

  void awaitRows(int more) throws InterruptedException {
    int enough = acknowledged.size() + more;
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    while (acknowledged.size() < enough) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("only " + acknowledged.size() + " rows were written");
      }
      Thread.sleep(5);
    }
  }

  List<Long> stop() throws InterruptedException {
    stopped = true;
    thread.join(TimeUnit.SECONDS.toMillis(LIMIT_SECONDS));
    return acknowledged;
  }

  @Override
  public void close() {
    stopped = true;
  }

  private void write() {
    long number = FIRST;
    while (!stopped) {
      try (Connection connection = store.clerk()) {
        while (!stopped) {
          number++;
          Sql.execute(
              connection, "INSERT INTO orders (customer, amount) VALUES (1, %d)".formatted(number));
          acknowledged.add(number);
        }
      } catch (SQLException thrownOut) {
        Thread.onSpinWait();
      }
    }
  }
}

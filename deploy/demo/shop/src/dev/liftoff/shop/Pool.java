package dev.liftoff.shop;

import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A few connections, opened when needed, checked after a rest, dropped when they failed. */
final class Pool<C extends AutoCloseable> {
  interface Opener<C> {
    C open() throws Exception;
  }

  interface Check<C> {
    boolean alive(C connection) throws Exception;
  }

  interface Work<C, R> {
    R with(C connection) throws Exception;
  }

  private record Resting<C>(C connection, long since) {}

  private static final long WAIT_MS = 3_000;
  private static final long FRESH_NANOS = 500_000_000L;

  private final Opener<C> opener;
  private final Check<C> check;
  private final Semaphore places;
  private final ConcurrentLinkedDeque<Resting<C>> resting = new ConcurrentLinkedDeque<>();

  Pool(int size, Opener<C> opener, Check<C> check) {
    this.places = new Semaphore(size);
    this.opener = opener;
    this.check = check;
  }

  /** Runs the work; once more on a new connection when the first one turns out to be dead, so only for repeatable work. */
  <R> R use(Work<C, R> work) throws Exception {
    if (!places.tryAcquire(WAIT_MS, TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException("no free connection within " + WAIT_MS + " ms");
    }
    try {
      C connection = take();
      try {
        return rest(connection, work.with(connection));
      } catch (Exception failed) {
        boolean dead = !stillAlive(connection);
        connection.close();
        if (!dead) {
          throw failed;
        }
      }
      C second = opener.open();
      try {
        return rest(second, work.with(second));
      } catch (Exception failed) {
        second.close();
        throw failed;
      }
    } finally {
      places.release();
    }
  }

  private C take() throws Exception {
    for (Resting<C> found = resting.pollFirst(); found != null; found = resting.pollFirst()) {
      if (System.nanoTime() - found.since() < FRESH_NANOS || stillAlive(found.connection())) {
        return found.connection();
      }
      found.connection().close();
    }
    return opener.open();
  }

  private boolean stillAlive(C connection) {
    try {
      return check.alive(connection);
    } catch (Exception dead) {
      return false;
    }
  }

  private <R> R rest(C connection, R result) {
    resting.addFirst(new Resting<>(connection, System.nanoTime()));
    return result;
  }
}

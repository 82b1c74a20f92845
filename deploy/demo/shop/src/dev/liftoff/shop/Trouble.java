package dev.liftoff.shop;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/** What is wrong with this build, chosen when its image was made. Each kind slips through every check before its own. */
enum Trouble {
  NONE,
  /** Ends at start with an error. */
  WONT_START,
  /** Runs, but never becomes ready. */
  UNHEALTHY,
  /** One answer in five is a 500, once real traffic has come. */
  ERRORS_UNDER_TRAFFIC,
  /** Every answer takes 1.5 to 6 seconds, once real traffic has come. */
  SLOW_UNDER_TRAFFIC;

  private static final long AFTER_REQUESTS = 200;

  private final AtomicLong seen = new AtomicLong();

  static Trouble of(String behaviour) {
    return valueOf(behaviour.toUpperCase(java.util.Locale.ROOT).replace('-', '_'));
  }

  /** Real traffic came through the proxy and was not sent to a chosen slot: neither a probe nor a smoke test nor a warm-up. */
  boolean strikes(boolean realTraffic) {
    return realTraffic && seen.incrementAndGet() > AFTER_REQUESTS;
  }

  /** Delays the answer, or tells that it has to be a failure. */
  boolean fails() throws InterruptedException {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return switch (this) {
      case ERRORS_UNDER_TRAFFIC -> random.nextInt(100) < 20;
      case SLOW_UNDER_TRAFFIC -> {
        Thread.sleep(random.nextLong(1_500, 6_000));
        yield false;
      }
      case NONE, WONT_START, UNHEALTHY -> false;
    };
  }
}

package dev.liftoff.worker;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tries until there is no trouble: with growing pauses, and one line per minute. */
final class Patience {
  private static final Logger log = LoggerFactory.getLogger(Patience.class);

  private final Duration firstPause;
  private final Duration longestPause;
  private final Duration saidEvery;

  Patience(Duration firstPause, Duration longestPause, Duration saidEvery) {
    this.firstPause = firstPause;
    this.longestPause = longestPause;
    this.saidEvery = saidEvery;
  }

  static Patience ofWorker() {
    return new Patience(Duration.ofMillis(250), Duration.ofSeconds(5), Duration.ofMinutes(1));
  }

  /**
   * @param attempt what speaks against it now, or empty when it is done
   */
  void until(Supplier<Optional<String>> attempt) throws InterruptedException {
    Instant began = Instant.now();
    Instant quietUntil = began;
    Duration pause = firstPause;
    for (var trouble = attempt.get(); trouble.isPresent(); trouble = attempt.get()) {
      if (!Instant.now().isBefore(quietUntil)) {
        log.warn("waiting: {} waited={}s", trouble.get(), secondsSince(began));
        quietUntil = Instant.now().plus(saidEvery);
      }
      Thread.sleep(pause);
      pause = shorter(pause.multipliedBy(2), longestPause);
    }
  }

  private static long secondsSince(Instant began) {
    return Duration.between(began, Instant.now()).toSeconds();
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}

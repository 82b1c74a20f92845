package dev.liftoff.activities.database.pace;

import dev.liftoff.activities.database.Progress;
import dev.liftoff.database.Throttled;
import dev.liftoff.metrics.Measurement;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the service again and again while its database is read, sets the pace, and remembers
 * what it saw.
 */
final class Regulator {
  private static final Logger log = LoggerFactory.getLogger(Regulator.class);
  private static final double MEGABYTE = 1 << 20;

  private final double before;
  private final Supplier<Measurement> eyes;
  private final Governor governor;
  private final Pace pace;
  private final Progress progress;
  private final LongSupplier nanos;
  private long lookedAt;
  private long passed;
  private Duration slowed = Duration.ZERO;
  private @Nullable Double worst;
  private long looks;
  private long blind;

  /**
   * @param before the p95 of the service before, in seconds
   * @param nanos a clock for durations, such as {@code System::nanoTime}
   */
  Regulator(
      double before,
      Supplier<Measurement> eyes,
      Governor governor,
      Pace pace,
      Progress progress,
      LongSupplier nanos) {
    this.before = before;
    this.eyes = eyes;
    this.governor = governor;
    this.pace = pace;
    this.progress = progress;
    this.nanos = nanos;
    this.lookedAt = nanos.getAsLong();
  }

  /** Until it is interrupted. */
  void run(Duration interval) {
    try {
      while (true) {
        Thread.sleep(interval);
        look();
      }
    } catch (InterruptedException over) {
      Thread.currentThread().interrupt();
    }
  }

  void look() {
    decide(eyes.get());
  }

  /** What came of it so far. */
  synchronized Throttled evidence() {
    count();
    return new Throttled(before, worst, slowed, looks, blind, null);
  }

  private synchronized void decide(Measurement p95) {
    looks++;
    if (p95 instanceof Measurement.Value(double value)) {
      worst = worst == null ? value : Math.max(worst, value);
    } else {
      blind++;
    }
    long was = pace.rate();
    long next = governor.next(p95, count());
    if (next != was) {
      pace.set(next);
      tell(p95, next);
    }
  }

  /** The speed since it was called before. */
  private long count() {
    long now = nanos.getAsLong();
    long all = pace.passed();
    Duration since = Duration.ofNanos(now - lookedAt);
    if (pace.rate() != Pace.OPEN) {
      slowed = slowed.plus(since);
    }
    long speed = (long) ((all - passed) * 1e9 / Math.max(1, since.toNanos()));
    lookedAt = now;
    passed = all;
    return speed;
  }

  private void tell(Measurement p95, long rate) {
    String speed =
        rate == Pace.OPEN
            ? ""
            : String.format(Locale.ROOT, "slowed to %.1f MiB/s", rate / MEGABYTE);
    progress.aside(speed);
    log.info(
        "backup gives way p95={} before={} {}",
        p95,
        before,
        speed.isEmpty() ? "full speed" : speed);
  }
}

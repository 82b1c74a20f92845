package dev.liftoff.metrics.watched;

import java.time.Duration;
import java.time.Instant;

/** A time over which a thing is read, at even steps, both ends included. */
public record Span(Instant from, Instant to) {
  private static final int STEPS = 60;
  private static final Duration SECOND = Duration.ofSeconds(1);

  static Span before(Instant end, Duration length) {
    return new Span(end.minus(length), end);
  }

  static Span around(Instant middle, Duration length) {
    Instant from = middle.minus(length.dividedBy(2));
    return new Span(from, from.plus(length));
  }

  /** A sixtieth of it, but no less than a second: hardly anything is scraped more often. */
  public Duration step() {
    Duration step = length().dividedBy(STEPS);
    return step.compareTo(SECOND) < 0 ? SECOND : step;
  }

  /** How many values there are when none is missing. */
  public int points() {
    return (int) length().dividedBy(step()) + 1;
  }

  private Duration length() {
    return Duration.between(from, to);
  }
}

package dev.liftoff.metrics;

/** What the monitoring system says to one question. */
public sealed interface Measurement {

  /** A finite number that is fresh. */
  record Value(double value) implements Measurement {}

  /** Nothing that could be believed, and why, in one sentence. */
  record Missing(String why) implements Measurement {}
}

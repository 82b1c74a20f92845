package dev.liftoff.metrics;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;

/** What is measured of a slot, with its unit. */
public enum Metric {
  /** Share of requests that failed, 0 to 1. */
  ERROR_RATE,
  /** 95th percentile of the latency in seconds. */
  P95,
  /** 99th percentile of the latency in seconds. */
  P99,
  /** Share of requests, or of probes, that were answered, 0 to 1. */
  AVAILABILITY,
  /** Requests per second. */
  REQUEST_RATE;

  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @JsonCreator
  public static Metric of(String word) {
    return Arrays.stream(values())
        .filter(metric -> metric.word().equals(word))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "must be error-rate, p95, p99, availability or request-rate, was " + word));
  }

  @Override
  public String toString() {
    return word();
  }
}

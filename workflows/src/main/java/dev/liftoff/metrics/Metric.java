package dev.liftoff.metrics;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.liftoff.Word;

/** What is measured of a slot, with its unit. */
public enum Metric {
  /** Share of requests that failed, 0 to 1. */
  ERROR_RATE(Source.REQUESTS),
  /** 95th percentile of the latency in seconds. */
  P95(Source.REQUESTS),
  /** 99th percentile of the latency in seconds. */
  P99(Source.REQUESTS),
  /** Share of requests, or of probes, that were answered, 0 to 1. */
  AVAILABILITY(Source.REQUESTS),
  /** Requests per second. */
  REQUEST_RATE(Source.REQUESTS),
  /** Instances that answer at all, rightly or not; below 1 nobody does. */
  ANSWERS(Source.PROBES),
  /** Share of the health checks that pass, 0 to 1. */
  HEALTH(Source.PROBES),
  /** Alerts of severity critical that fire. */
  CRITICAL_ALERTS(Source.PROBES),
  /** Used share of the database's connection pool, 0 to 1. */
  POOL(Source.RESOURCES),
  /** Used share of the memory, 0 to 1. */
  MEMORY(Source.RESOURCES),
  /** Used share of the fullest disk, 0 to 1. */
  DISK(Source.RESOURCES),
  /** Processes that were killed for want of memory, in the window of the query. */
  OOM_KILLS(Source.RESOURCES);

  private enum Source {
    REQUESTS,
    PROBES,
    RESOURCES
  }

  private final Source source;

  Metric(Source source) {
    this.source = source;
  }

  /** Whether it says nothing without requests. */
  public boolean isOfRequests() {
    return source == Source.REQUESTS;
  }

  /**
   * Whether it is about what the machine has left. That says little about the version, so it never
   * rolls back alone: judge.md 3.5.
   */
  public boolean isOfResources() {
    return source == Source.RESOURCES;
  }

  @JsonValue
  public String word() {
    return Word.of(this);
  }

  @JsonCreator
  public static Metric of(String word) {
    return Word.read(Metric.class, word);
  }

  @Override
  public String toString() {
    return word();
  }
}

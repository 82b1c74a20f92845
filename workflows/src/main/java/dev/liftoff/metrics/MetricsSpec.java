package dev.liftoff.metrics;

import dev.liftoff.metrics.watched.WatchedSpec;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the metrics are and what they may be.
 *
 * @param prometheus base URL of its HTTP API
 * @param queries PromQL for each metric; {@code {slot}} stands for blue or green, {@code {service}}
 *     and {@code {environment}} for those
 * @param samples PromQL for the number of requests behind them, with the same placeholders
 * @param interval how often a watch asks in a soak, and wherever something is not well
 * @param staleAfter data older than this is no data
 * @param limits the triggers
 * @param judge how candidate and baseline are compared; null when they are not
 * @param watched what is watched beside the limits; null when nothing is
 * @param guard how often the guard asks while all is well
 */
public record MetricsSpec(
    URI prometheus,
    Map<Metric, String> queries,
    String samples,
    Duration interval,
    Duration staleAfter,
    List<Limit> limits,
    @Nullable JudgeSpec judge,
    @Nullable WatchedSpec watched,
    Cadence guard) {
  public MetricsSpec {
    queries = new java.util.TreeMap<>(queries);
    limits = List.copyOf(limits);
    // Null in what a version wrote that always asked by the interval.
    guard = guard == null ? Cadence.always(interval) : guard;
  }

  /** The limit that a reading was held against; null when none is. */
  public @Nullable Limit limitOf(Reading reading) {
    return limits.stream()
        .filter(limit -> limit.toString().equals(reading.limit()))
        .findFirst()
        .orElse(null);
  }

  /** What is watched beside the limits; nothing where the plan names nothing. */
  public WatchedSpec beside() {
    return watched == null ? WatchedSpec.NOTHING : watched;
  }

  /** Always by the interval. */
  public MetricsSpec(
      URI prometheus,
      Map<Metric, String> queries,
      String samples,
      Duration interval,
      Duration staleAfter,
      List<Limit> limits,
      @Nullable JudgeSpec judge,
      @Nullable WatchedSpec watched) {
    this(
        prometheus,
        queries,
        samples,
        interval,
        staleAfter,
        limits,
        judge,
        watched,
        Cadence.always(interval));
  }

  /** Without watched things. */
  public MetricsSpec(
      URI prometheus,
      Map<Metric, String> queries,
      String samples,
      Duration interval,
      Duration staleAfter,
      List<Limit> limits,
      @Nullable JudgeSpec judge) {
    this(prometheus, queries, samples, interval, staleAfter, limits, judge, null);
  }

  /** Without a judge. */
  public MetricsSpec(
      URI prometheus,
      Map<Metric, String> queries,
      String samples,
      Duration interval,
      Duration staleAfter,
      List<Limit> limits) {
    this(prometheus, queries, samples, interval, staleAfter, limits, null);
  }
}

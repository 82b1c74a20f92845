package dev.liftoff.plan;

import dev.liftoff.metrics.Cadence;
import dev.liftoff.metrics.Limit;
import dev.liftoff.metrics.Metric;
import dev.liftoff.metrics.MetricsSpec;
import dev.liftoff.metrics.ReadyQuery;
import dev.liftoff.metrics.Response;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the metrics of a plan. */
final class MetricsReader {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);
  private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);

  private MetricsReader() {}

  static MetricsSpec read(Section metrics) {
    Map<Metric, String> queries = metrics.map("queries", Metric::of, MetricsReader::query);
    Duration interval =
        metrics.duration("interval", Duration.ofSeconds(10), Duration.ofMillis(500), HOUR);
    List<Limit> limits =
        metrics.has("limits")
            ? metrics.list("limits", MetricsReader::limit)
            : Triggers.of(queries.keySet());
    MetricsSpec spec =
        new MetricsSpec(
            metrics.required("prometheus", MetricsReader::url, URI.create("http://127.0.0.1:9090")),
            queries,
            metrics.text("samples"),
            interval,
            metrics.duration("staleAfter", Duration.ofSeconds(60), SECOND, HOUR),
            limits,
            metrics.has("judge") ? JudgeReader.read(metrics.section("judge"), limits) : null,
            metrics.has("watched") ? WatchedReader.read(metrics.section("watched"), queries) : null,
            cadence(metrics.section("guard"), interval));
    metrics.noMore();
    return spec;
  }

  /** PromQL, or the word for a ready query. */
  private static String query(Section queries, String key) {
    String text = queries.text(key);
    @Nullable String ready = ReadyQuery.of(Metric.of(key), text);
    if (ready == null && ReadyQuery.isName(text)) {
      queries.problem(
          key,
          "must be PromQL, was '%s': ready are haproxy for answers and health, prometheus for critical-alerts"
              .formatted(text));
    }
    return ready == null ? text : ready;
  }

  private static Cadence cadence(Section guard, Duration interval) {
    Cadence cadence =
        new Cadence(
            guard.duration("firstHour", interval, interval, HOUR),
            guard.duration("toSixHours", longer(interval, HALF_A_MINUTE), interval, HOUR),
            guard.duration("later", longer(interval, FIVE_MINUTES), interval, HOUR));
    guard.noMore();
    return cadence;
  }

  private static Limit limit(Section limit) {
    @Nullable Double above = limit.has("above") ? (Double) limit.decimal("above", 0, 0, 1e9) : null;
    @Nullable Double below = limit.has("below") ? (Double) limit.decimal("below", 0, 0, 1e9) : null;
    Metric metric = limit.required("metric", Metric::of, Metric.ERROR_RATE);
    Duration lasting = limit.duration("lasting", Duration.ofMinutes(2), Duration.ZERO, HOUR);
    long samples =
        limit.integer("minimumSamples", metric.isOfRequests() ? 100 : 0, 0, 1_000_000_000);
    Response then =
        limit.optional(
            "then", Response::of, metric.isOfResources() ? Response.ASK : Response.ROLLBACK);
    boolean shadow = limit.flag("shadow", false);
    if ((above == null) == (below == null)) {
      limit.problem(
          above == null ? "above" : "below",
          "is to be given, or the other one: a limit has exactly one of above and below");
      return new Limit(metric, 1.0, null, lasting, samples, then, shadow);
    }
    return new Limit(metric, above, below, lasting, samples, then, shadow);
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  static URI url(String text) {
    if (!text.matches("https?://[^\\s/]+(/\\S*)?") || Secrecy.hasCredentials(text)) {
      throw new IllegalArgumentException(
          "must be an http or https URL without credentials, was '"
              + Secrecy.withoutCredentials(text)
              + "'");
    }
    return URI.create(text);
  }
}

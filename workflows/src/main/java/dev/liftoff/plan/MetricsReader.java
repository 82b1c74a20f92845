package dev.liftoff.plan;

import dev.liftoff.metrics.Limit;
import dev.liftoff.metrics.Metric;
import dev.liftoff.metrics.MetricsSpec;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the metrics of a plan. */
final class MetricsReader {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration HOUR = Duration.ofHours(1);

  /**
   * The triggers of the runbook, product.md: error rate over 5 % for 2 minutes, P95 over 5 s for 3
   * minutes, availability under 95 %.
   */
  private static final List<Limit> RUNBOOK =
      List.of(
          new Limit(Metric.ERROR_RATE, 0.05, null, Duration.ofMinutes(2), 100),
          new Limit(Metric.P95, 5.0, null, Duration.ofMinutes(3), 100),
          new Limit(Metric.AVAILABILITY, null, 0.95, Duration.ofMinutes(1), 0));

  private MetricsReader() {}

  static MetricsSpec read(Section metrics) {
    Map<Metric, String> queries =
        metrics.map("queries", Metric::of, (section, key) -> section.text(key));
    MetricsSpec spec =
        new MetricsSpec(
            metrics.required("prometheus", MetricsReader::url, URI.create("http://127.0.0.1:9090")),
            queries,
            metrics.text("samples"),
            metrics.duration("interval", Duration.ofSeconds(10), Duration.ofMillis(500), HOUR),
            metrics.duration("staleAfter", Duration.ofSeconds(60), SECOND, HOUR),
            metrics.has("limits")
                ? metrics.list("limits", MetricsReader::limit)
                : defaults(queries),
            metrics.has("judge") ? JudgeReader.read(metrics.section("judge")) : null,
            metrics.has("watched")
                ? WatchedReader.read(metrics.section("watched"), queries)
                : null);
    metrics.noMore();
    return spec;
  }

  private static List<Limit> defaults(Map<Metric, String> queries) {
    return RUNBOOK.stream().filter(limit -> queries.containsKey(limit.metric())).toList();
  }

  private static Limit limit(Section limit) {
    @Nullable Double above = limit.has("above") ? (Double) limit.decimal("above", 0, 0, 1e9) : null;
    @Nullable Double below = limit.has("below") ? (Double) limit.decimal("below", 0, 0, 1e9) : null;
    Metric metric = limit.required("metric", Metric::of, Metric.ERROR_RATE);
    Duration lasting = limit.duration("lasting", Duration.ofMinutes(2), Duration.ZERO, HOUR);
    long samples = limit.integer("minimumSamples", 100, 0, 1_000_000_000);
    if ((above == null) == (below == null)) {
      limit.problem(
          above == null ? "above" : "below",
          "is to be given, or the other one: a limit has exactly one of above and below");
      return new Limit(metric, 1.0, null, lasting, samples);
    }
    return new Limit(metric, above, below, lasting, samples);
  }

  private static URI url(String text) {
    if (!text.matches("https?://[^\\s/]+(/\\S*)?") || Secrecy.hasCredentials(text)) {
      throw new IllegalArgumentException(
          "must be an http or https URL without credentials, was '"
              + Secrecy.withoutCredentials(text)
              + "'");
    }
    return URI.create(text);
  }
}

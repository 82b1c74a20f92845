package dev.liftoff.activities.metrics;

import dev.liftoff.LaunchId;
import dev.liftoff.activities.SideBySide;
import dev.liftoff.metrics.Measurement;
import dev.liftoff.metrics.watched.Ask;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads watched things over their times, by range queries: any PromQL can be asked about yesterday
 * without an offset in it. What is read up to now is believed only if it is fresh.
 */
final class PrometheusThings implements Function<List<Ask>, List<Measurement>> {
  private static final String LATE = "prometheus does not answer in time";

  private final Prometheus prometheus;
  private final LaunchId launch;
  private final Instant now;
  private final Duration staleAfter;
  private final Duration limit;

  /**
   * @param limit how long all questions together may take, twice: for freshness and for values
   */
  PrometheusThings(
      Prometheus prometheus, LaunchId launch, Instant now, Duration staleAfter, Duration limit) {
    this.prometheus = prometheus;
    this.launch = launch;
    this.now = now;
    this.staleAfter = staleAfter;
    this.limit = limit;
  }

  @Override
  public List<Measurement> apply(List<Ask> asks) {
    Map<String, String> doubts = doubts(asks);
    return SideBySide.run(
        asks.stream().<Callable<Measurement>>map(ask -> () -> measured(ask, doubts)).toList(),
        limit,
        _ -> new Measurement.Missing(LATE));
  }

  private Measurement measured(Ask ask, Map<String, String> doubts) {
    String query = filled(ask);
    @Nullable String doubt = isCurrent(ask) ? doubts.get(query) : null;
    if (doubt != null) {
      return new Measurement.Missing(doubt);
    }
    return switch (prometheus.ask(query, ask.span())) {
      case Ranged.Refused(String why) -> new Measurement.Missing(why);
      case Ranged.Known(var course) -> course.measured(ask.thing().rule());
    };
  }

  /** One question for each query, so that a wrong one makes no other doubtful. */
  private Map<String, String> doubts(List<Ask> asks) {
    List<String> current =
        asks.stream().filter(this::isCurrent).map(this::filled).distinct().toList();
    List<String> said =
        SideBySide.run(
            current.stream().<Callable<String>>map(query -> () -> doubt(query)).toList(),
            limit,
            _ -> LATE);
    Map<String, String> doubts = new LinkedHashMap<>();
    for (int i = 0; i < current.size(); i++) {
      if (!said.get(i).isEmpty()) {
        doubts.put(current.get(i), said.get(i));
      }
    }
    return doubts;
  }

  private String doubt(String query) {
    String doubt = Freshness.of(List.of(query), staleAfter, prometheus).doubt(query);
    return doubt == null ? "" : doubt;
  }

  private boolean isCurrent(Ask ask) {
    return ask.span().to().equals(now);
  }

  private String filled(Ask ask) {
    return PrometheusEyes.filled(ask.thing().query(), launch, ask.slot());
  }
}

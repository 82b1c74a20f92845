package dev.liftoff.activities.metrics;

import dev.liftoff.LaunchId;
import dev.liftoff.activities.SideBySide;
import dev.liftoff.container.Slot;
import dev.liftoff.metrics.Look;
import dev.liftoff.metrics.Measurement;
import dev.liftoff.metrics.Metric;
import dev.liftoff.metrics.MetricsSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/**
 * Looks at one slot through Prometheus: every query of the spec at once, believed only if fresh.
 */
final class PrometheusEyes implements Supplier<Look> {
  private final Prometheus prometheus;
  private final MetricsSpec spec;
  private final Duration limit;
  private final InstantSource clock;
  private final Map<Metric, String> queries = new TreeMap<>();
  private final String samples;

  PrometheusEyes(
      Prometheus prometheus,
      MetricsSpec spec,
      LaunchId launch,
      Slot slot,
      Duration limit,
      InstantSource clock) {
    this.prometheus = prometheus;
    this.spec = spec;
    this.limit = limit;
    this.clock = clock;
    this.samples = filled(spec.samples(), launch, slot);
    spec.queries().forEach((metric, query) -> queries.put(metric, filled(query, launch, slot)));
  }

  @Override
  public Look get() {
    List<String> expressions = new ArrayList<>(queries.values());
    expressions.add(samples);
    // Freshness first: a target that stops between the two questions is then seen one look later,
    // within staleAfter, instead of never.
    Freshness freshness = Freshness.of(expressions, spec.staleAfter(), prometheus);
    List<Answer> answers = answers(expressions);
    Instant now = clock.instant();
    Instant at =
        answers.stream()
            .map(Answer::at)
            .filter(Objects::nonNull)
            .min(Instant::compareTo)
            .orElse(now);
    Map<Metric, Measurement> measured = new TreeMap<>();
    int index = 0;
    for (Map.Entry<Metric, String> query : queries.entrySet()) {
      measured.put(
          query.getKey(), believed(query.getValue(), answers.get(index++), freshness, now));
    }
    return new Look(at, measured, believed(samples, answers.getLast(), freshness, now));
  }

  private List<Answer> answers(List<String> expressions) {
    List<Callable<Answer>> questions =
        expressions.stream()
            .<Callable<Answer>>map(expression -> () -> prometheus.ask(expression))
            .toList();
    return SideBySide.run(
        questions, limit, late -> new Answer.Refused("prometheus does not answer in time"));
  }

  private Measurement believed(String query, Answer answer, Freshness freshness, Instant now) {
    Measurement number = answer.number();
    if (number instanceof Measurement.Missing) {
      return number;
    }
    String doubt = freshness.doubt(query);
    if (doubt != null) {
      return new Measurement.Missing(doubt);
    }
    Instant at = answer.at();
    return at != null && at.isBefore(now.minus(spec.staleAfter()))
        ? new Measurement.Missing("prometheus answers for %s, but it is %s".formatted(at, now))
        : number;
  }

  static String filled(String query, LaunchId launch, Slot slot) {
    return query
        .replace("{slot}", slot.word())
        .replace("{service}", launch.service())
        .replace("{environment}", launch.environment());
  }
}

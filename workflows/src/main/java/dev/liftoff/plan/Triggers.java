package dev.liftoff.plan;

import static dev.liftoff.metrics.Response.ASK;
import static dev.liftoff.metrics.Response.HOLD;
import static dev.liftoff.metrics.Response.REPORT;

import dev.liftoff.metrics.Limit;
import dev.liftoff.metrics.Metric;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/**
 * The triggers of the runbook, product.md, for the metrics that a plan has a query for. It rolls
 * back on an error rate over 5 %, a P95 over 5 s, an availability under 95 %, no answer, failing
 * health and a critical alert; it pauses to investigate from 2 %, and monitors from 1 %. What the
 * machine lacks is the commander's decision.
 */
final class Triggers {
  /** An alert has its own duration behind it; a minute more is for one that is being deployed. */
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private static final List<Limit> RUNBOOK =
      List.of(
          above(Metric.ERROR_RATE, 0.05, 2, 100),
          above(Metric.ERROR_RATE, 0.02, 2, 100).then(HOLD),
          above(Metric.ERROR_RATE, 0.01, 2, 100).then(REPORT),
          above(Metric.P95, 5, 3, 100),
          new Limit(Metric.AVAILABILITY, null, 0.95, MINUTE, 0),
          new Limit(Metric.ANSWERS, null, 1.0, MINUTE, 0),
          new Limit(Metric.HEALTH, null, 1.0, Duration.ofMinutes(2), 0),
          above(Metric.CRITICAL_ALERTS, 0, 1, 0),
          above(Metric.POOL, 0.95, 1, 0).then(ASK),
          above(Metric.MEMORY, 0.95, 2, 0).then(ASK),
          above(Metric.DISK, 0.95, 1, 0).then(ASK),
          above(Metric.OOM_KILLS, 0, 0, 0).then(ASK));

  private Triggers() {}

  static List<Limit> of(Collection<Metric> metrics) {
    return RUNBOOK.stream().filter(limit -> metrics.contains(limit.metric())).toList();
  }

  private static Limit above(Metric metric, double value, long minutes, long samples) {
    return new Limit(metric, value, null, Duration.ofMinutes(minutes), samples);
  }
}

package dev.liftoff.metrics.watched;

import dev.liftoff.metrics.Response;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One of the things that the runbook wants watched after a launch.
 *
 * @param name in lower case, such as {@code request-rate}
 * @param query PromQL for one number; {@code {slot}} stands for blue or green, {@code {service}}
 *     and {@code {environment}} for those. It needs no offset: earlier days are asked for by time
 * @param over the time whose mean, or whose trend, counts; at a milestone that comes earlier after
 *     T+0 nothing is said yet
 * @param then what follows a breach; never a rollback, since others than the candidate may have
 *     moved it
 */
public record Thing(String name, String query, Rule rule, Duration over, Response then) {

  /** Whether blue and green have values of their own. */
  boolean isOfSlot() {
    return query.contains("{slot}");
  }

  boolean hasTrend() {
    return rule instanceof Rule.Trend;
  }

  /** A value or a reference as people read it. */
  public String text(@Nullable Double number) {
    return Figures.text(number, hasTrend());
  }
}

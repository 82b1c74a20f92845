package dev.liftoff.activities.readiness;

import dev.liftoff.LaunchId;
import dev.liftoff.checklist.Examination;
import dev.liftoff.checklist.LimitUnit;
import dev.liftoff.checklist.Subject;
import dev.liftoff.plan.Durations;
import dev.liftoff.plan.LaunchPlan;
import dev.liftoff.plan.PlanDocument;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * One question about the launch's surroundings.
 *
 * @param document the plan as it was given, for what it names without meaning it
 * @param patience how long the answer may take
 */
record Asked(
    LaunchId launch,
    LaunchPlan plan,
    PlanDocument document,
    Examination examination,
    Duration patience) {

  Subject subject() {
    return examination.subject();
  }

  List<String> names() {
    return examination.names();
  }

  boolean concerns(String name) {
    return names().isEmpty() || names().contains(name);
  }

  Duration duration() {
    return LimitUnit.duration(limit());
  }

  int percent() {
    return LimitUnit.percent(limit());
  }

  /** The limit's duration as people write it. */
  String durationText() {
    return Durations.text(duration());
  }

  private String limit() {
    String own = examination.limit();
    return own == null ? Objects.requireNonNull(subject().usualLimit()) : own;
  }
}

package dev.liftoff.starter;

import dev.liftoff.Milestone;
import dev.liftoff.checklist.ChecklistSpec;
import dev.liftoff.checklist.Score;
import dev.liftoff.metrics.Limit;
import dev.liftoff.plan.Durations;
import dev.liftoff.plan.LaunchPlan;
import dev.liftoff.traffic.Ramp;
import java.util.stream.Collectors;

/** A plan in words. */
final class PlanText {
  private PlanText() {}

  static String sentence(LaunchPlan plan) {
    return "%s %s in %s, T+0 %s"
        .formatted(plan.service(), plan.version(), plan.environment(), hour(plan));
  }

  static String summary(LaunchPlan plan) {
    return "%s %s -> %s".formatted(plan.service(), plan.version(), plan.environment());
  }

  /** What it will do, a line per matter. */
  static String of(LaunchPlan plan) {
    return """
    Plan       %s
      commander  %s
      image      %s%s
      database   %s
      traffic    %s
      limits     %s
      gates      %s
      checklist  %s
      alerts     %s\
    """
        .formatted(
            sentence(plan),
            plan.commander(),
            plan.image().reference(),
            plan.image().digest() == null ? "" : " must be " + plan.image().digest(),
            plan.database() == null
                ? "none"
                : "%s, migrations from %s"
                    .formatted(plan.database().url(), plan.database().migrations()),
            traffic(plan),
            plan.metrics().limits().stream().map(Limit::sentence).collect(Collectors.joining(", ")),
            plan.gates().isEmpty()
                ? "none"
                : plan.gates().keySet().stream()
                    .map(Milestone::word)
                    .collect(Collectors.joining(", ")),
            checklist(plan),
            plan.alerts() == null ? "none are asked for" : "of " + plan.alerts().url());
  }

  private static String checklist(LaunchPlan plan) {
    ChecklistSpec spec = plan.checklist();
    return spec == null
        ? "none"
        : "%s, %d of its own, at least %s of 10, signed off by %s"
            .formatted(
                spec.use(),
                spec.items().size(),
                Score.text(spec.bar()),
                spec.signOffs().isEmpty() ? "nobody" : spec.signOffs());
  }

  private static String traffic(LaunchPlan plan) {
    return plan.traffic().steps().stream().map(PlanText::step).collect(Collectors.joining(" → "));
  }

  private static String step(Ramp.Step step) {
    return "%s for %s%s"
        .formatted(
            step.weight(),
            Durations.text(step.soak()),
            step.minimumSamples() == 0 ? "" : " and %d requests".formatted(step.minimumSamples()));
  }

  private static String hour(LaunchPlan plan) {
    return plan.launchAt() == null ? "as soon as everything is ready" : plan.launchAt().toString();
  }
}

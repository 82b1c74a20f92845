package dev.liftoff.plan;

import dev.liftoff.Milestone;
import dev.liftoff.container.Slot;
import dev.liftoff.metrics.Limit;
import dev.liftoff.metrics.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** The rules between the fields of a plan. */
final class Consistency {
  static final Set<Milestone> CHECKED =
      EnumSet.of(
          Milestone.PREFLIGHT,
          Milestone.HEALTH,
          Milestone.VALIDATION_15M,
          Milestone.VALIDATION_30M,
          Milestone.CHECKPOINT_2H,
          Milestone.CHECKPOINT_4H);

  static final Set<Milestone> GATED =
      EnumSet.of(
          Milestone.READINESS,
          Milestone.BRIEFING,
          Milestone.MIGRATE,
          Milestone.GO_LIVE,
          Milestone.VALIDATION_30M,
          Milestone.REVIEW_24H,
          Milestone.REVIEW_48H);

  private Consistency() {}

  static List<Problem> problems(LaunchPlan plan) {
    List<Problem> problems = new ArrayList<>();
    samples(plan, problems);
    offsets(plan, problems);
    limits(plan, problems);
    gates(plan, problems);
    watched(plan, problems);
    compatibility(plan, problems);
    TeamReader.problem(plan).ifPresent(problems::add);
    AlertsReader.problem(plan).ifPresent(problems::add);
    if (Objects.equals(
        plan.container().addresses().get(Slot.BLUE),
        plan.container().addresses().get(Slot.GREEN))) {
      problems.add(
          new Problem(
              "container.addresses.green", "must differ from the address of blue, was the same"));
    }
    return problems;
  }

  private static void samples(LaunchPlan plan, List<Problem> problems) {
    boolean counts = plan.traffic().steps().stream().anyMatch(step -> step.minimumSamples() > 0);
    if (counts && plan.requestCounter() == null) {
      problems.add(
          new Problem(
              "traffic.requests",
              "is missing: minimumSamples are counted; name a counter such as http_requests_total{slot=\"{slot}\"}, or a metrics.judge that has one"));
    }
  }

  private static void offsets(LaunchPlan plan, List<Problem> problems) {
    Milestone before = Milestone.READINESS;
    for (Milestone milestone : Milestone.values()) {
      if (plan.offset(milestone).compareTo(plan.offset(before)) < 0) {
        problems.add(
            new Problem(
                "offsets." + milestone,
                "must not be before %s at %s, was %s"
                    .formatted(
                        before,
                        Durations.text(plan.offset(before)),
                        Durations.text(plan.offset(milestone)))));
      }
      before = milestone;
    }
    if (!plan.offset(Milestone.GO_LIVE).equals(Duration.ZERO)) {
      problems.add(new Problem("offsets.go-live", "must be 0s: it is T+0"));
    }
  }

  private static void limits(LaunchPlan plan, List<Problem> problems) {
    List<Limit> limits = plan.metrics().limits();
    if (limits.isEmpty()) {
      problems.add(
          new Problem(
              "metrics.limits",
              "must have at least one limit with a query: what is not measured is never green"));
    }
    for (int i = 0; i < limits.size(); i++) {
      if (!plan.metrics().queries().containsKey(limits.get(i).metric())) {
        problems.add(
            new Problem(
                "metrics.limits[" + i + "].metric",
                "has no query under metrics.queries, was " + limits.get(i).metric()));
      }
      limit(limits, i, problems);
    }
  }

  private static void limit(List<Limit> limits, int index, List<Problem> problems) {
    Limit limit = limits.get(index);
    String path = "metrics.limits[" + index + "]";
    if (limit.metric().isOfResources() && limit.then() == Response.ROLLBACK) {
      problems.add(
          new Problem(
              path + ".then",
              "must be ask, hold or report for %s, which says nothing about the version, was rollback"
                  .formatted(limit.metric())));
    }
    if (limits.subList(0, index).stream()
        .anyMatch(other -> other.toString().equals(limit.toString()))) {
      problems.add(
          new Problem(
              path,
              "is there already: same metric, same bound and same duration, " + limit.sentence()));
    }
  }

  private static void compatibility(LaunchPlan plan, List<Problem> problems) {
    if (plan.compatibility() == null) {
      return;
    }
    plan.compatibility().problems(plan.container()).stream()
        .map(sentence -> new Problem("compatibility", sentence))
        .forEach(problems::add);
    if (plan.database() == null) {
      problems.add(new Problem("compatibility", "needs a database: there is no schema to try"));
    }
  }

  private static void gates(LaunchPlan plan, List<Problem> problems) {
    plan.gates().keySet().stream()
        .filter(milestone -> !GATED.contains(milestone))
        .map(milestone -> new Problem("gates." + milestone, "has no gate; " + GATED + " have"))
        .forEach(problems::add);
  }

  /** What needs more time than the last look back gives it would never be said. */
  private static void watched(LaunchPlan plan, List<Problem> problems) {
    Duration longest = plan.offset(Milestone.REVIEW_48H);
    plan.metrics().beside().things().stream()
        .filter(thing -> thing.over().compareTo(longest) > 0)
        .map(thing ->
            new Problem(
                "metrics.watched.things." + thing.name() + ".over",
                "must not be longer than %s, when the last look back is, was %s"
                    .formatted(Durations.text(longest), Durations.text(thing.over()))))
        .forEach(problems::add);
  }
}

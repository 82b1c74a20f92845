package dev.liftoff.plan;

import dev.liftoff.Milestone;
import dev.liftoff.metrics.SlotSelector;
import dev.liftoff.traffic.Ramp;
import dev.liftoff.traffic.RampPreset;
import dev.liftoff.traffic.Weight;
import java.time.Duration;
import java.util.List;

/** Reads how the traffic of a plan moves. */
final class TrafficReader {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration WEEK = Duration.ofDays(7);

  /** What is in the place of a weight that is missing or wrong: no plan can say it. */
  private static final Weight UNREADABLE = Weight.NONE;

  private TrafficReader() {}

  static Ramp read(Section traffic) {
    List<Ramp.Step> steps = steps(traffic);
    Ramp ramp =
        new Ramp(
            steps,
            traffic.duration("drainLimit", Duration.ofSeconds(30), Duration.ZERO, HOUR),
            traffic.duration("noDataLimit", Duration.ofMinutes(30), SECOND, DAY),
            traffic.orNull("requests", TrafficReader::counter),
            traffic.has("control") ? control(traffic.section("control"), steps) : null);
    traffic.noMore();
    return ramp;
  }

  private static Ramp.Control control(Section control, List<Ramp.Step> steps) {
    Ramp.Control read =
        new Ramp.Control(
            new Weight(control.integer("weight", 5, 1, 50)),
            control.optional("until", TrafficReader::milestone, Milestone.VALIDATION_30M));
    Weight before = steps.size() > 1 ? steps.get(steps.size() - 2).weight() : UNREADABLE;
    if (read.left().compareTo(before) <= 0) {
      control.problem(
          "weight",
          "must leave the last step more than the one before, %s, was %s"
              .formatted(before, read.weight()));
    }
    control.noMore();
    return read;
  }

  private static Milestone milestone(String text) {
    Milestone milestone = Milestone.of(text);
    if (milestone.compareTo(Milestone.VALIDATION_15M) < 0
        || milestone.compareTo(Milestone.REVIEW_48H) > 0) {
      throw new IllegalArgumentException(
          "must be a milestone from validation-15m to review-48h, was " + text);
    }
    return milestone;
  }

  private static List<Ramp.Step> steps(Section traffic) {
    RampPreset preset = traffic.optional("ramp", RampPreset::of, RampPreset.AT_ONCE);
    List<Ramp.Step> steps = traffic.list("steps", TrafficReader::step);
    if (traffic.has("steps") && traffic.has("ramp")) {
      traffic.problem("ramp", "names steps of its own; leave it out, or the steps");
    }
    for (int i = 1; i < steps.size(); i++) {
      rises(traffic, steps.get(i - 1).weight(), steps.get(i).weight(), path(i));
    }
    if (!steps.isEmpty()) {
      endsWithAll(traffic, steps.getLast().weight(), path(steps.size() - 1));
    }
    return steps.isEmpty() ? preset.steps() : steps;
  }

  private static Ramp.Step step(Section step) {
    if (!step.has("weight")) {
      step.problem("weight", "is missing");
    }
    Duration soak = step.duration("soak", Duration.ofMinutes(10), Duration.ZERO, WEEK);
    return new Ramp.Step(
        new Weight(step.integer("weight", UNREADABLE.percent(), 1, 100)),
        soak,
        step.integer("minimumSamples", 0, 0, 1_000_000_000),
        step.orNull(
            "maximumSoak",
            text -> Durations.between(Durations.parse(text), longer(soak, SECOND), WEEK)));
  }

  private static void rises(Section traffic, Weight before, Weight weight, String path) {
    if (!before.equals(UNREADABLE) && !weight.equals(UNREADABLE) && weight.compareTo(before) <= 0) {
      traffic.problem(
          path, "must be greater than the one before, %s, was %s".formatted(before, weight));
    }
  }

  private static void endsWithAll(Section traffic, Weight last, String path) {
    if (!last.equals(UNREADABLE) && !last.equals(Weight.ALL)) {
      traffic.problem(path, "must be 100 in the last step, was " + last.percent());
    }
  }

  private static String path(int step) {
    return "steps[" + step + "].weight";
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private static String counter(String text) {
    SlotSelector.parse(text);
    return text;
  }
}

package dev.liftoff.plan;

import com.fasterxml.jackson.databind.JsonNode;
import dev.liftoff.Milestone;
import dev.liftoff.checklist.PlanPart;
import dev.liftoff.gate.Texts;
import dev.liftoff.traffic.Ramp;
import dev.liftoff.traffic.Weight;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What of a plan can be changed while its launch runs: the gates of milestones that are still to
 * come, the steps of the ramp that have not begun, the limits and who is told of what. All else was
 * looked at, proven or voted on already, and is another launch.
 */
public final class Amendable {
  private static final int LONGEST = 200;

  private final LaunchPlan now;
  private final LaunchPlan asked;
  private final Progress progress;
  private final List<PlanChange> changes;
  private final List<String> refused = new ArrayList<>();

  private Amendable(LaunchPlan now, LaunchPlan asked, Progress progress) {
    this.now = now;
    this.asked = asked;
    this.progress = progress;
    changes = PlanChange.between(AmendableFacts.of(now), AmendableFacts.of(asked));
  }

  /**
   * How far a launch is.
   *
   * @param at its milestone; null before the first
   * @param steps how many steps of the ramp have begun
   * @param weights those that the proxy was asked for; null before it was
   */
  public record Progress(@Nullable Milestone at, int steps, @Nullable List<Weight> weights) {
    public static final Progress NONE = new Progress(null, 0, null);

    public Progress {
      weights = weights == null ? null : List.copyOf(weights);
    }
  }

  /**
   * What is asked for.
   *
   * @param changes of what can be amended
   * @param refused each difference that cannot be, with what to do; nothing is done when there is
   *     one
   */
  public record Asked(LaunchPlan plan, List<PlanChange> changes, List<String> refused) {
    public Asked {
      changes = List.copyOf(changes);
      refused = List.copyOf(refused);
    }
  }

  /**
   * Compares a plan with the one in force.
   *
   * @throws InvalidPlan with every problem of the plan that is asked for
   */
  public static Asked of(LaunchPlan now, PlanDocument inForce, JsonNode typed, Progress progress)
      throws InvalidPlan {
    Amendable amendable = new Amendable(now, PlanReader.read(typed), progress);
    amendable.others(inForce.json(), typed);
    amendable.gates();
    amendable.steps();
    amendable.weights();
    amendable.checklist();
    return new Asked(amendable.asked, amendable.changes, amendable.refused);
  }

  /** The plan that would be in force is the one in force with what can be amended, or refused. */
  private void others(JsonNode before, JsonNode after) {
    if (now.amendedBy(asked).equals(asked)) {
      return;
    }
    OtherDifferences.between(now, before, after)
        .forEach(change ->
            refuse(
                change,
                "is fixed when a launch starts; leave it, or scrub (rollback once traffic has moved) and start again"));
    if (refused.isEmpty()) {
      refused.add("something else than gates, steps, limits and notifications differs");
    }
  }

  private void gates() {
    TreeSet<Milestone> gates = new TreeSet<>(now.gates().keySet());
    gates.addAll(asked.gates().keySet());
    gates.removeIf(gate -> Objects.equals(now.gates().get(gate), asked.gates().get(gate)));
    gates.stream()
        .filter(this::isReached)
        .forEach(gate ->
            refuse(
                "gates." + gate,
                "the launch is at %s: only gates of later milestones can be amended"
                    .formatted(progress.at())));
  }

  private boolean isReached(Milestone gate) {
    return progress.at() != null && gate.compareTo(progress.at()) <= 0;
  }

  private void steps() {
    for (int i = 0; i < progress.steps(); i++) {
      if (!Objects.equals(step(now, i), step(asked, i))) {
        refuse(path(i), "this step has begun: only those after it can be amended");
      }
    }
  }

  private void weights() {
    List<Weight> known = progress.weights();
    for (int i = progress.steps(); known != null && i < asked.traffic().steps().size(); i++) {
      Weight weight = asked.traffic().steps().get(i).weight();
      if (!known.contains(weight)) {
        refused.add(
            "%s.weight: %s was not among the weights that the proxy was asked for at preflight; use one of %s"
                .formatted(path(i), weight, known));
      }
    }
  }

  /** Which items apply was settled when the list began. */
  private void checklist() {
    if (now.checklist() == null) {
      return;
    }
    for (PlanPart part : PlanPart.values()) {
      if (refused.isEmpty() && part.in(now) != part.in(asked)) {
        refused.add(
            "the checklist asks about '%s', which %s: keep it so, or scrub and start again"
                .formatted(part, part.in(now) ? "the plan has" : "the plan does not have"));
      }
    }
  }

  private void refuse(String path, String why) {
    changes.stream().filter(change -> change.isUnder(path)).forEach(change -> refuse(change, why));
  }

  private void refuse(PlanChange change, String why) {
    refused.add(Texts.cut(change.toString(), LONGEST) + ": " + why);
  }

  private static Ramp.@Nullable Step step(LaunchPlan plan, int index) {
    List<Ramp.Step> steps = plan.traffic().steps();
    return index < steps.size() ? steps.get(index) : null;
  }

  private static String path(int step) {
    return "traffic.steps[" + step + "]";
  }
}

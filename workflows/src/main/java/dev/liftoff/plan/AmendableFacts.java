package dev.liftoff.plan;

import dev.liftoff.gate.GateRules;
import dev.liftoff.notify.Notifications;
import dev.liftoff.traffic.Ramp;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Every value of a plan that can be amended, with its path and its default filled in. */
final class AmendableFacts {
  private final Map<String, String> facts = new TreeMap<>();

  private AmendableFacts() {}

  static Map<String, String> of(LaunchPlan plan) {
    AmendableFacts all = new AmendableFacts();
    plan.gates().forEach((gate, rules) -> all.gate("gates." + gate, rules));
    List<Ramp.Step> steps = plan.traffic().steps();
    for (int i = 0; i < steps.size(); i++) {
      all.step("traffic.steps[" + i + "]", steps.get(i));
    }
    all.limits(plan.limits());
    all.notifications(plan.notifications());
    return all.facts;
  }

  private void gate(String path, GateRules rules) {
    if (rules.poll().isEmpty()) {
      facts.put(path + ".roles", sorted(rules.roles()));
    } else {
      facts.put(path + ".poll", rules.poll().toString());
    }
    facts.put(path + ".expires", Durations.text(rules.expires()));
    facts.put(
        path + ".remindBefore",
        rules.remindBefore().stream()
            .map(Durations::text)
            .collect(Collectors.joining(", ", "[", "]")));
  }

  private void step(String path, Ramp.Step step) {
    facts.put(path + ".weight", step.weight().toString());
    facts.put(path + ".soak", Durations.text(step.soak()));
    facts.put(path + ".minimumSamples", Long.toString(step.minimumSamples()));
    Duration maximum = step.maximumSoak();
    if (maximum != null) {
      facts.put(path + ".maximumSoak", Durations.text(maximum));
    }
  }

  private void limits(Limits limits) {
    facts.put("limits.hold", Durations.text(limits.hold()));
    facts.put("limits.helpEvery", Durations.text(limits.helpEvery()));
    facts.put("limits.answerWithin", Durations.text(limits.answerWithin()));
    facts.put("limits.guardWindow", Durations.text(limits.guardWindow()));
    facts.put("limits.extension", Durations.text(limits.extension()));
    facts.put("limits.step", Durations.text(limits.step()));
  }

  private void notifications(Notifications notifications) {
    facts.put("notifications.notAfter", Durations.text(notifications.notAfter()));
    facts.put("notifications.required", sorted(notifications.required()));
    notifications
        .routes()
        .forEach(
            (occasion, kinds) -> facts.put("notifications.routes." + occasion, kinds.toString()));
  }

  /** A set has no order that would be the same when the launch is replayed. */
  private static String sorted(Collection<?> things) {
    return things.stream()
        .map(Object::toString)
        .sorted()
        .collect(Collectors.joining(", ", "[", "]"));
  }
}

package dev.liftoff.board;

import dev.liftoff.Milestone;
import dev.liftoff.Waits;
import dev.liftoff.plan.LaunchPlan;
import dev.liftoff.report.Hold;
import dev.liftoff.report.Passed;
import dev.liftoff.timeline.Labels;
import dev.liftoff.timeline.LaunchClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** When the launch reached its milestones, and when its clock stood still. */
final class Passage {
  private final LaunchPlan plan;
  private final LaunchClock clock;
  private final Instant begun = Waits.now();
  private final List<Passed> passed = new ArrayList<>();
  private final List<Hold> holds = new ArrayList<>();

  Passage(LaunchPlan plan, LaunchClock clock) {
    this.plan = plan;
    this.clock = clock;
  }

  Instant begun() {
    return begun;
  }

  void enter(Milestone milestone) {
    Instant zero = clock.actual() != null ? clock.actual() : plan.launchAt();
    @Nullable Instant planned = zero == null ? null : zero.plus(plan.offset(milestone));
    passed.add(new Passed(milestone, Labels.of(plan.offset(milestone)), planned, Waits.now()));
  }

  void stop(Instant now, String by) {
    holds.add(new Hold(now, null, by));
  }

  /** Another reason for the hold that is on. */
  void by(String who) {
    Hold last = holds.getLast();
    holds.set(holds.size() - 1, new Hold(last.from(), last.until(), who));
  }

  void go(Instant now) {
    Hold last = holds.getLast();
    holds.set(holds.size() - 1, new Hold(last.from(), now, last.by()));
  }

  List<Passed> passed() {
    return List.copyOf(passed);
  }

  List<Hold> holds() {
    return List.copyOf(holds);
  }
}

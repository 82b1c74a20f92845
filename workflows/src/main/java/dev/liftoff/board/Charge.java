package dev.liftoff.board;

import static dev.liftoff.Refusals.firstOf;
import static dev.liftoff.Refusals.when;

import dev.liftoff.Milestone;
import dev.liftoff.Waits;
import dev.liftoff.gate.Command;
import dev.liftoff.plan.HandOverSpec;
import dev.liftoff.plan.LaunchPlan;
import dev.liftoff.status.Team;
import dev.liftoff.status.Team.HandOverState;
import dev.liftoff.timeline.Labels;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who has the launch: the commander, until somebody has acknowledged the hand-over. */
public final class Charge {
  private final @Nullable HandOverSpec spec;
  private final LaunchPlan plan;
  private final Runnable changed;
  private HandOverState state = HandOverState.PLANNED;
  private @Nullable Instant until;
  private @Nullable String by;
  private @Nullable Instant at;

  Charge(LaunchPlan plan, Runnable changed) {
    this.plan = plan;
    this.spec = plan.handOver();
    this.changed = changed;
  }

  public void ask(Instant limit) {
    until = limit;
    become(HandOverState.OPEN);
  }

  public void overdue() {
    become(HandOverState.OVERDUE);
  }

  /** The launch is settled: nothing is left to be taken over. */
  public void never() {
    become(HandOverState.NEVER);
  }

  public boolean isAcknowledged() {
    return state == HandOverState.ACKNOWLEDGED;
  }

  /** Asked, and not acknowledged. */
  public boolean isAwaited() {
    return state == HandOverState.OPEN || state == HandOverState.OVERDUE;
  }

  public Optional<String> refusal(Command command) {
    if (spec == null) {
      return Optional.of("the plan has no handOver: nobody is asked to take over");
    }
    return firstOf(
        when(
            state == HandOverState.PLANNED,
            "the hand-over is at %s: there is nothing to acknowledge yet"
                .formatted(Labels.of(plan.offset(Milestone.HAND_OVER)))),
        when(
            state == HandOverState.NEVER,
            "the launch is settled: there is nothing to take over any more"),
        when(
            !spec.to().word().equals(command.role()),
            "the hand-over is to %s, not to %s".formatted(spec.to(), command.role())),
        when(
            isAcknowledged() && !knows(command),
            "%s has acknowledged it already, at %s".formatted(by, at)));
  }

  /** The same person says it again. */
  public boolean knows(Command command) {
    return isAcknowledged() && String.valueOf(by).equals(command.who());
  }

  /** After {@link #refusal} found nothing. */
  public String take(Command command) {
    if (!isAcknowledged()) {
      by = String.valueOf(command.who());
      at = Waits.now();
      become(HandOverState.ACKNOWLEDGED);
    }
    return sentence();
  }

  public String sentence() {
    Team.HandOver status = status();
    return status == null ? "" : status.sentence();
  }

  Team.@Nullable HandOver status() {
    return spec == null
        ? null
        : new Team.HandOver(spec.to(), state, plan.commander(), until, by, at);
  }

  private void become(HandOverState next) {
    state = next;
    changed.run();
  }
}

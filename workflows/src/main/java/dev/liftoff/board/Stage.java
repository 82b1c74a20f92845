package dev.liftoff.board;

import dev.liftoff.Milestone;
import dev.liftoff.Outcome;
import dev.liftoff.gate.Role;
import dev.liftoff.status.LaunchStatus.Awaited;
import dev.liftoff.status.LaunchStatus.Next;
import dev.liftoff.status.LaunchStatus.State;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a launch stands, what it waits for, and why. */
final class Stage {
  private @Nullable Milestone milestone;
  private State state = State.WORKING;
  private String because = "starting";
  private @Nullable Next next;
  private @Nullable Awaited awaited;
  private @Nullable String needed;
  private boolean goingBack;
  private @Nullable Outcome outcome;

  void enter(Milestone reached) {
    milestone = reached;
    next = null;
    is(State.WORKING, reached.word());
  }

  void enterCheckpoint(String label) {
    next = null;
    is(State.WORKING, "checkpoint " + label);
  }

  void is(State now, String reason) {
    state = now;
    because = reason;
  }

  void waiting(Next upcoming, String reason) {
    next = upcoming;
    is(State.WAITING, reason);
  }

  void deciding(Awaited answer) {
    awaited = answer;
    is(State.DECIDING, "gate " + answer.gate() + " is open");
  }

  /** Whose answer is missing now; false when nothing is awaited. */
  boolean awaiting(List<Role> roles) {
    if (awaited == null) {
      return false;
    }
    awaited = new Awaited(awaited.gate(), roles, awaited.since(), awaited.until());
    return true;
  }

  void expired(Milestone gate, String reason, Instant until) {
    if (awaited != null) {
      awaited = new Awaited(gate, awaited.roles(), awaited.since(), until);
    }
    is(State.HELD, reason);
  }

  void decided() {
    awaited = null;
    is(State.WORKING, milestone == null ? "" : milestone.word());
  }

  /** What a human is needed for, whatever else goes on; null when for nothing. */
  void needs(@Nullable String reason) {
    needed = reason;
  }

  void rollingBack(String reason) {
    goingBack = true;
    nothingToCome();
    is(State.ROLLING_BACK, reason);
  }

  void ended(@Nullable Outcome how, String reason) {
    outcome = how;
    nothingToCome();
    is(State.ENDED, reason);
  }

  private void nothingToCome() {
    awaited = null;
    next = null;
  }

  /**
   * What is waited for or watched is held at once; a step that runs is finished first.
   *
   * @param held the clock of the launch stands
   */
  State state(boolean held) {
    if (isNeeded()) {
      return State.NEEDS_HUMAN;
    }
    boolean holds = state == State.SOAKING || state == State.WAITING;
    return holds && held ? State.HELD : state;
  }

  String because(boolean held, String holder) {
    if (isNeeded()) {
      return String.valueOf(needed);
    }
    return held && state(held) == State.HELD ? "held by " + holder : because;
  }

  private boolean isNeeded() {
    return needed != null && !goingBack && outcome == null;
  }

  @Nullable Milestone milestone() {
    return milestone;
  }

  @Nullable Next next() {
    return next;
  }

  @Nullable Awaited awaited() {
    return awaited;
  }

  boolean isGoingBack() {
    return goingBack;
  }

  @Nullable Outcome outcome() {
    return outcome;
  }
}

package dev.liftoff.control;

import dev.liftoff.Halt;
import dev.liftoff.Milestone;
import dev.liftoff.Waits;
import dev.liftoff.board.Board;
import dev.liftoff.gate.GateRules;
import dev.liftoff.gate.Role;
import dev.liftoff.notify.Announcement.Severity;
import dev.liftoff.notify.Occasion;
import dev.liftoff.plan.Durations;
import dev.liftoff.plan.PlanInForce;
import dev.liftoff.report.StatusReport;
import dev.liftoff.status.Declaring;
import dev.liftoff.status.LaunchStatus.State;
import dev.liftoff.timeline.Labels;
import dev.liftoff.timeline.TimelineEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Waiting for hours and for people. Every wait has a limit, and no limit is a yes. */
public final class Countdown {
  private static final Duration DAY = Duration.ofDays(1);

  private final PlanInForce plan;
  private final Board board;
  private final Desk desk;
  private final Announcer announcer;
  private Consumer<Milestone> beforeEach = milestone -> {};

  Countdown(PlanInForce plan, Board board, Desk desk, Announcer announcer) {
    this.plan = plan;
    this.board = board;
    this.desk = desk;
    this.announcer = announcer;
  }

  /** Whatever must hold before a milestone is entered. */
  public void beforeEach(Consumer<Milestone> condition) {
    beforeEach = condition;
  }

  /**
   * Waits for the milestone's hour and enters it; holds stop the clock meanwhile, and after T+0
   * promote skips the wait.
   */
  public void reach(Milestone milestone) {
    await(
        milestone.word(),
        () -> board.clock.due(milestone),
        () -> board.waiting(milestone, Labels.of(plan.now().offset(milestone))));
    beforeEach.accept(milestone);
    board.enter(milestone);
  }

  /** The same for a checkpoint that people added at a review. */
  public void reachCheckpoint() {
    String label = board.checkpoints.label();
    await("checkpoint " + label, board.checkpoints::due, board::waitingForCheckpoint);
    board.enterCheckpoint();
  }

  private void await(String summary, Supplier<@Nullable Instant> due, Runnable shown) {
    desk.promotable(board.clock.actual() != null);
    while (remaining(due.get()).isPositive() && !desk.isPromoted()) {
      shown.run();
      Waits.until(summary, remaining(due.get()), () -> desk.isHeld() || desk.isPromoted());
      pauseWhileHeld();
    }
    desk.promotable(false);
    pauseWhileHeld();
    Waits.goOn();
  }

  /**
   * Blocks while the launch is held; longer than its limit scrubs before traffic moved, and asks
   * for help after.
   */
  public void pauseWhileHeld() {
    if (!desk.isHeld()) {
      return;
    }
    board.state(State.HELD, "held by " + desk.heldBy());
    announcer.announce(Occasion.HELD, Severity.WARNING, "HELD", List.of(desk.heldBy()));
    Duration limit = plan.now().limits().hold();
    if (!Waits.until("held", limit.minus(desk.heldFor()), () -> !desk.isHeld())) {
      String reason = "held for longer than " + Durations.text(limit);
      if (!board.trafficMoved()) {
        throw Halt.scrub(reason);
      }
      askForHelp(reason, () -> !desk.isHeld());
    }
    board.state(State.WORKING, "resumed");
    announcer.tell(Occasion.RESUMED, "RESUMED", List.of());
  }

  /**
   * The gate of the milestone, where the plan has one: returns on a go, and at a review when it is
   * extended; halts on a no-go.
   */
  public void gate(Milestone milestone) {
    RollCall poll = new RollCall(plan, board, desk, announcer);
    if (poll.isWanted(milestone)) {
      poll.call(milestone, facts(milestone), this::askForHelp);
      pauseWhileHeld();
      return;
    }
    GateRules rules = plan.now().gates().get(milestone);
    if (rules == null) {
      return;
    }
    open(milestone, rules);
    if (!answered(milestone, rules)) {
      expired(milestone, rules);
    }
    board.decided();
    if (!desk.isExtended() && !desk.isGo()) {
      String reason = "no-go at " + milestone + " by " + desk.answeredBy();
      throw board.trafficMoved() ? Halt.rollback(reason) : Halt.scrub(reason);
    }
    pauseWhileHeld();
  }

  /** Whether anybody decides there: by the plan, or by the worker's settings. */
  public boolean asks(Milestone milestone) {
    return plan.now().gates().containsKey(milestone)
        || new RollCall(plan, board, desk, announcer).isWanted(milestone);
  }

  /** Calls a person again and again, with longer pauses, until the condition holds. */
  public void askForHelp(String reason, Supplier<Boolean> solved) {
    askForHelp(reason, solved, UnaryOperator.identity());
  }

  /** The same, but no longer than this; then nobody has answered, which is no yes. */
  public void askForHelp(String reason, Supplier<Boolean> solved, Duration limit) {
    Instant end = Waits.now().plus(limit);
    askForHelp(
        reason,
        () -> solved.get() || !Waits.now().isBefore(end),
        pause -> {
          Duration left = Duration.between(Waits.now(), end);
          return pause.compareTo(left) < 0 ? pause : left;
        });
  }

  private void askForHelp(String reason, Supplier<Boolean> solved, UnaryOperator<Duration> atMost) {
    Duration pause = plan.now().limits().helpEvery();
    while (!solved.get()) {
      Waits.goOn();
      board.state(State.NEEDS_HUMAN, reason);
      board.tell(TimelineEntry.Kind.TROUBLE, "liftoff", "needs a human: " + reason);
      announcer.announce(Occasion.NEEDS_HUMAN, Severity.CRITICAL, "NEEDS A HUMAN", List.of(reason));
      Waits.until("needs a human", atMost.apply(pause), solved);
      pause = pause.multipliedBy(2).compareTo(DAY) < 0 ? pause.multipliedBy(2) : DAY;
    }
  }

  private void open(Milestone milestone, GateRules rules) {
    desk.open(milestone, rules);
    List<Role> roles = rules.roles().stream().sorted().toList();
    Instant until = Waits.now().plus(rules.expires());
    board.deciding(milestone, roles, until);
    board.tell(
        TimelineEntry.Kind.DECISION,
        "liftoff",
        "gate " + milestone + " is open for " + roles + " until " + until);
    announcer.announce(
        milestone.compareTo(Milestone.REVIEW_24H) < 0 ? Occasion.POLL : Occasion.REVIEW,
        Severity.INFORMATION,
        "GO / NO-GO at " + milestone,
        facts(milestone, roles, until));
  }

  /** Whoever says go knows what the way back of the database is from then on. */
  private List<String> facts(Milestone milestone, List<Role> roles, Instant until) {
    List<String> facts = new ArrayList<>(List.of("decide: " + roles, "until: " + until));
    facts.addAll(facts(milestone));
    return facts;
  }

  private List<String> facts(Milestone milestone) {
    List<String> facts = new ArrayList<>();
    if (board.hasDatabase()) {
      facts.add("way back of the database after a go: " + board.wayBackAfter(milestone));
    }
    board.watch.watched().forEach(thing -> facts.add(thing.line()));
    String go = Declaring.go(milestone, plan.now().version());
    if (go != null) {
      facts.addAll(StatusReport.summary(board.dossier()));
      facts.add(go);
      facts.add(Declaring.others(Durations.text(board.checkpoints.left())));
    }
    return facts;
  }

  private boolean answered(Milestone milestone, GateRules rules) {
    Instant until = Waits.now().plus(rules.expires());
    List<Duration> reminders =
        rules.remindBefore().stream().sorted(Comparator.reverseOrder()).toList();
    for (Duration before : reminders) {
      if (Waits.until(
          "gate " + milestone,
          Duration.between(Waits.now(), until.minus(before)),
          desk::isAnswered)) {
        return true;
      }
      announcer.announce(
          Occasion.REMINDER,
          Severity.WARNING,
          "gate " + milestone + " closes in " + Durations.text(before),
          List.of("nobody has decided"));
    }
    return Waits.until(
        "gate " + milestone + " closes", Duration.between(Waits.now(), until), desk::isAnswered);
  }

  private void expired(Milestone milestone, GateRules rules) {
    String reason = "nobody decided at " + milestone + " within " + Durations.text(rules.expires());
    board.tell(TimelineEntry.Kind.TROUBLE, "liftoff", reason + ": held");
    board.expired(milestone, reason, Waits.now().plus(plan.now().limits().hold()));
    announcer.announce(
        Occasion.HELD,
        Severity.CRITICAL,
        "HELD: " + reason,
        List.of("the gate still takes a decision"));
    if (Waits.until(
        "gate " + milestone + " expired", plan.now().limits().hold(), desk::isAnswered)) {
      return;
    }
    if (!board.trafficMoved()) {
      throw Halt.scrub(reason);
    }
    askForHelp(reason, desk::isAnswered);
  }

  private static Duration remaining(@Nullable Instant due) {
    return due == null ? Duration.ZERO : Duration.between(Waits.now(), due);
  }
}

package dev.liftoff;

import dev.liftoff.board.Board;
import dev.liftoff.checklist.ChecklistSpec;
import dev.liftoff.checklist.ReadinessSummary;
import dev.liftoff.control.Controls;
import dev.liftoff.gate.GateRules;
import dev.liftoff.notify.Announcement.Severity;
import dev.liftoff.notify.Occasion;
import dev.liftoff.plan.Durations;
import dev.liftoff.status.LaunchStatus.State;
import dev.liftoff.timeline.TimelineEntry.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets the launch pass only while its checklist is ready. It is asked anew where much begins; in
 * between it says by itself when it is no longer ready.
 */
final class ReadinessWatch {
  /** The list gives each look four minutes; one that does not answer by then is not ready. */
  private static final Duration EXAMINATION = Duration.ofMinutes(6);

  private static final Set<Milestone> EXAMINED =
      EnumSet.of(Milestone.PREFLIGHT, Milestone.MIGRATE, Milestone.GO_LIVE);

  private final Controls controls;
  private final Board board;
  private final @Nullable ChecklistSpec spec;
  private final ListBeside list;
  private boolean passed;
  private boolean waiting;
  private String silence = "";

  ReadinessWatch(Controls controls) {
    this.controls = controls;
    board = controls.board();
    spec = controls.plan().checklist();
    list = new ListBeside(controls);
    board.readiness.listen(this::heard);
  }

  /**
   * At its milestone: the list begins, and is waited for until it is ready or its limit is over.
   */
  void open() {
    if (spec == null) {
      return;
    }
    waiting = true;
    examine(Milestone.READINESS);
    if (!isReady()) {
      board.state(State.WAITING, "readiness: " + reason());
      controls
          .announcer()
          .announce(
              Occasion.POLL,
              Severity.INFORMATION,
              "READINESS: " + sentence(),
              facts(Waits.now().plus(spec.limit())));
      waitUntil(Waits.now().plus(spec.limit()));
    }
    require("at " + Milestone.READINESS);
    waiting = false;
    passed = true;
    board.tell(Kind.STEP, "liftoff", "ready: " + sentence());
  }

  /** Before the milestone is entered. */
  void before(Milestone milestone) {
    if (!passed || milestone.compareTo(Milestone.GO_LIVE) > 0 || board.trafficMoved()) {
      return;
    }
    if (EXAMINED.contains(milestone)) {
      examine(milestone);
    }
    require("before " + milestone);
  }

  /** After people have decided: what they saw may no longer be so. */
  void still(Milestone milestone) {
    if (passed && !board.trafficMoved()) {
      require("after the gate " + milestone);
    }
  }

  private void examine(Milestone milestone) {
    silence = "";
    long number = list.ask(quietAfter(milestone));
    if (!Waits.until(
        "examination of the checklist",
        EXAMINATION,
        () -> board.readiness.hasAnswered(number) || list.isGone())) {
      silence = "the checklist did not answer within " + Durations.text(EXAMINATION);
    }
  }

  /** Held until it is ready. Longer than the limit of a hold calls the launch off. */
  private void require(String where) {
    if (isReady()) {
      return;
    }
    waiting = true;
    String reason = "not ready " + where + ": " + reason();
    board.tell(Kind.TROUBLE, "liftoff", reason + ": held");
    board.state(State.HELD, reason);
    Instant until = Waits.now().plus(controls.plan().limits().hold());
    controls
        .announcer()
        .announce(Occasion.HELD, Severity.CRITICAL, "HELD: not ready " + where, facts(until));
    if (!waitUntil(until)) {
      throw Halt.scrub("not ready " + where + ": " + reason());
    }
    waiting = false;
    board.tell(Kind.STEP, "liftoff", "ready again: " + sentence());
    board.state(State.WORKING, "ready");
    controls.announcer().tell(Occasion.RESUMED, "READY", List.of(sentence()));
  }

  /** A list that ended begins again, without its answers: nothing can be ready meanwhile. */
  private boolean waitUntil(Instant until) {
    while (!isReady() && Waits.now().isBefore(until)) {
      if (list.isGone()) {
        list.ask(null);
      }
      Duration rest = Duration.between(Waits.now(), until);
      Waits.until("ready", rest, () -> isReady() || list.isGone());
    }
    return isReady();
  }

  private boolean isReady() {
    return board.readiness.isReady() && list.isAnswered() && !list.isGone();
  }

  /** By a handler, so it only tells; the launch is held before its next milestone. */
  private void heard(ReadinessSummary summary) {
    controls.desk().sealed("checklist", summary.digest());
    if (!passed || waiting || summary.ready() || board.trafficMoved() || board.isGoingBack()) {
      return;
    }
    board.tell(Kind.TROUBLE, "liftoff", "no longer ready: " + reason());
    controls
        .announcer()
        .announce(
            Occasion.ASKING,
            Severity.WARNING,
            "NO LONGER READY: the launch is held before its next milestone",
            summary.reasons());
  }

  private String reason() {
    ReadinessSummary told = board.readiness.told();
    if (list.isGone()) {
      return list.reason();
    }
    if (!list.isAnswered()) {
      return silence.isEmpty() ? "the checklist has not answered yet" : silence;
    }
    return told == null || told.reasons().isEmpty() ? sentence() : told.reasons().getFirst();
  }

  private String sentence() {
    ReadinessSummary told = board.readiness.told();
    return told == null ? "not known" : told.sentence();
  }

  private List<String> facts(Instant until) {
    ReadinessSummary told = board.readiness.told();
    List<String> facts = new java.util.ArrayList<>(List.of("readiness " + sentence()));
    facts.addAll(
        told == null || !list.isAnswered() || list.isGone() ? List.of(reason()) : told.reasons());
    if (told != null) {
      facts.addAll(told.waived());
    }
    facts.add("until: " + until);
    return facts;
  }

  /** T+0 is the last thing that it can stop; no gate and no hold before it lasts longer. */
  private @Nullable Instant quietAfter(Milestone milestone) {
    if (milestone != Milestone.GO_LIVE) {
      return null;
    }
    GateRules gate = controls.plan().gates().get(milestone);
    Duration hold = controls.plan().limits().hold();
    return Waits.now()
        .plus(gate == null ? Duration.ZERO : gate.expires())
        .plus(hold.multipliedBy(4));
  }
}

package dev.liftoff;

import dev.liftoff.container.Slot;
import dev.liftoff.database.WayBack.Reached;
import dev.liftoff.gate.Role;
import dev.liftoff.notify.Backlog;
import dev.liftoff.notify.outbox.Ledger;
import dev.liftoff.notify.outbox.Mutes;
import dev.liftoff.plan.PlanInForce;
import dev.liftoff.report.Dossier;
import dev.liftoff.status.Card;
import dev.liftoff.status.LaunchStatus;
import dev.liftoff.status.LaunchStatus.Awaited;
import dev.liftoff.status.LaunchStatus.Next;
import dev.liftoff.status.LaunchStatus.State;
import dev.liftoff.status.LaunchStatus.WayBack;
import dev.liftoff.status.PlanStatus;
import dev.liftoff.status.Team;
import dev.liftoff.timeline.LaunchClock;
import dev.liftoff.timeline.TimelineEntry;
import dev.liftoff.traffic.Weight;
import dev.liftoff.traffic.Weights;
import io.temporal.common.SearchAttributeKey;
import io.temporal.workflow.Workflow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that a launch shows of itself: status, timeline, the card in the Temporal UI and the search
 * attributes. Decides nothing.
 */
final class Board {
  static final SearchAttributeKey<String> SERVICE = SearchAttributeKey.forKeyword("LaunchService");
  static final SearchAttributeKey<String> ENVIRONMENT = SearchAttributeKey.forKeyword("LaunchEnv");
  static final SearchAttributeKey<String> VERSION = SearchAttributeKey.forKeyword("LaunchVersion");
  static final SearchAttributeKey<String> PHASE = SearchAttributeKey.forKeyword("LaunchPhase");
  static final SearchAttributeKey<String> OUTCOME = SearchAttributeKey.forKeyword("LaunchOutcome");

  final Rollback rollback =
      new Rollback(this::changed, line -> tell(TimelineEntry.Kind.UNDO, "liftoff", line));
  final SchemaFacts database = new SchemaFacts(this::changed);
  final WatchFacts watch = new WatchFacts(this::changed);
  final TrafficFacts traffic = new TrafficFacts(this::changed);
  final ExposureLedger exposure = new ExposureLedger(this::changed);
  final PeopleFacts people = new PeopleFacts(this::changed);
  final AlertFacts alerts;
  final Mutes mutes = new Mutes((kind, line) -> tell(kind, "liftoff", line));
  final Ledger messages = new Ledger((kind, line) -> tell(kind, "liftoff", line));
  final ReadinessFacts readiness;
  final LaunchClock clock;
  final Checkpoints checkpoints;
  private final Passage passage;
  final Attendance attendance;
  final Charge charge;
  final ActionItems actions = new ActionItems();
  private final LaunchId id;
  private final PlanInForce plan;
  private final Story story = new Story();
  private long revision;
  private @Nullable String from;
  private @Nullable Milestone milestone;
  private State state = State.WORKING;
  private String because = "starting";
  private @Nullable Next next;
  private @Nullable Awaited awaited;
  private boolean settled;
  private boolean goingBack;
  private @Nullable String needed;
  private String holder = "";
  private @Nullable Outcome outcome;

  Board(LaunchId id, PlanInForce plan) {
    this.id = id;
    this.plan = plan;
    this.clock = new LaunchClock(plan.now());
    alerts = new AlertFacts(plan.now().alerts() != null, this::changed);
    readiness = new ReadinessFacts(id, plan.now().checklist(), this::changed);
    this.checkpoints = new Checkpoints(plan, clock);
    this.passage = new Passage(plan.now(), clock);
    this.attendance = new Attendance(plan.now().briefing(), this::changed);
    this.charge = new Charge(plan.now(), this::changed);
  }

  void open() {
    Workflow.upsertTypedSearchAttributes(
        SERVICE.valueSet(id.service()),
        ENVIRONMENT.valueSet(id.environment()),
        VERSION.valueSet(id.version()));
    tell(TimelineEntry.Kind.MILESTONE, plan.now().commander(), "launch " + id + " begins");
  }

  void enter(Milestone reached) {
    milestone = reached;
    passage.enter(reached);
    next = null;
    Workflow.upsertTypedSearchAttributes(PHASE.valueSet(reached.word()));
    state(State.WORKING, reached.word());
    tell(TimelineEntry.Kind.MILESTONE, "liftoff", reached.purpose());
  }

  void state(State now, String reason) {
    state = now;
    because = reason;
    changed();
  }

  void waiting(Milestone upcoming, String label) {
    Instant at = clock.due(upcoming);
    next = new Next(upcoming, at, label);
    state(State.WAITING, upcoming + (at == null ? "" : " at " + at));
  }

  void waitingForCheckpoint() {
    String label = checkpoints.label();
    Instant at = checkpoints.due();
    next = new Next(milestone == null ? Milestone.REVIEW_48H : milestone, at, label);
    state(
        State.WAITING,
        "checkpoint %s at %s, extended by %s".formatted(label, at, checkpoints.by()));
  }

  void enterCheckpoint() {
    checkpoints.reached();
    next = null;
    state(State.WORKING, "checkpoint " + checkpoints.label());
    tell(
        TimelineEntry.Kind.MILESTONE,
        "liftoff",
        "checkpoint %s of %s: look again, and ask again".formatted(checkpoints.label(), milestone));
  }

  void deciding(Milestone gate, List<Role> roles, Instant until) {
    awaited = new Awaited(gate, roles, Waits.now(), until);
    state(State.DECIDING, "gate " + gate + " is open");
  }

  /** Whose answer is missing now. */
  void awaiting(List<Role> roles) {
    if (awaited != null) {
      awaited = new Awaited(awaited.gate(), roles, awaited.since(), awaited.until());
      changed();
    }
  }

  /** Nobody decided in time; the gate goes on taking decisions until then. */
  void expired(Milestone gate, String reason, Instant until) {
    if (awaited != null) {
      awaited = new Awaited(gate, awaited.roles(), awaited.since(), until);
    }
    state(State.HELD, reason);
  }

  void decided() {
    awaited = null;
    state(State.WORKING, milestone == null ? "" : milestone.word());
  }

  void baseline(@Nullable String version, Slot candidateSlot, Weights weights) {
    from = version;
    traffic.found(candidateSlot, weights);
  }

  void moving(Weight wanted) {
    database.standing.enter(Reached.CUT_OVER);
    traffic.moving(wanted);
  }

  void hold(Instant now, String who) {
    clock.stop(now);
    passage.stop(now, who);
    heldBy(who);
  }

  void heldBy(String who) {
    holder = who;
    passage.by(who);
    changed();
  }

  void resume(Instant now) {
    clock.go(now);
    passage.go(now);
    changed();
  }

  /** What a human is needed for, whatever else goes on; null when for nothing. */
  void needs(@Nullable String reason) {
    needed = reason;
    changed();
  }

  void rollingBack(String reason) {
    goingBack = true;
    Workflow.upsertTypedSearchAttributes(PHASE.valueSet("rollback"));
    awaited = null;
    next = null;
    state(State.ROLLING_BACK, reason);
  }

  void settled() {
    settled = true;
    rollback.discard();
  }

  void ended(String word, @Nullable Outcome how, String reason) {
    outcome = how;
    awaited = null;
    next = null;
    Workflow.upsertTypedSearchAttributes(PHASE.valueSet("ended"), OUTCOME.valueSet(word));
    state(State.ENDED, reason.isEmpty() ? word : reason);
    tell(TimelineEntry.Kind.MILESTONE, "liftoff", word + (reason.isEmpty() ? "" : ": " + reason));
  }

  void tell(TimelineEntry.Kind kind, String who, String text) {
    Instant now = Waits.now();
    story.add(new TimelineEntry(now, clock.text(now, milestone), milestone, kind, who, text));
    Workflow.getLogger(Board.class).info("{} launch={} who={} {}", Word.of(kind), id, who, text);
    changed();
  }

  void refused(@Nullable String who, String what, String why) {
    String line = why.replaceAll("\\s*\n\\s*", " ");
    tell(TimelineEntry.Kind.REFUSED, who == null ? "somebody" : who, what + " refused: " + line);
  }

  LaunchId id() {
    return id;
  }

  long revision() {
    return revision;
  }

  /** What is waited for or watched is held at once; a step that runs is finished first. */
  State state() {
    if (isNeeded()) {
      return State.NEEDS_HUMAN;
    }
    boolean holds = state == State.SOAKING || state == State.WAITING;
    return holds && clock.heldSince() != null ? State.HELD : state;
  }

  private String because() {
    if (isNeeded()) {
      return String.valueOf(needed);
    }
    return state() == State.HELD && clock.heldSince() != null ? "held by " + holder : because;
  }

  private boolean isNeeded() {
    return needed != null && !goingBack && outcome == null;
  }

  @Nullable Milestone milestone() {
    return milestone;
  }

  boolean hasDatabase() {
    return plan.now().database() != null;
  }

  /** What a vote on the alerts was a vote on; another one voids it. Never null. */
  String firingDigest() {
    return alerts.firing().digest();
  }

  boolean trafficMoved() {
    return traffic.moved();
  }

  /** True from the first undo to the end. */
  boolean isGoingBack() {
    return goingBack;
  }

  boolean isSettled() {
    return settled;
  }

  LaunchStatus status() {
    Instant now = Waits.now();
    return new LaunchStatus(
        LaunchStatus.SCHEMA,
        id,
        revision,
        now,
        plan.now().commander(),
        from,
        id.version(),
        milestone,
        state(),
        because(),
        new LaunchStatus.Clock(
            clock.planned(), clock.actual(), clock.heldFor(now), clock.heldSince()),
        next,
        awaited,
        traffic.status(),
        watch.judged(),
        watch.checks(),
        database.status(),
        rollback.undos(),
        wayBack(),
        outcome,
        watch.concerns(),
        watch.watched(),
        exposure.exposure(),
        messages.tallies(),
        watch.calibration(),
        checkpoints.all(),
        team(),
        people.status(now),
        readiness.status(),
        alerts.status(),
        new Backlog(mutes.all(), messages.untold()),
        new PlanStatus(plan.digest(), plan.amendments()));
  }

  Team team() {
    return new Team(attendance.status(), charge.status(), actions.all());
  }

  /** All that is known, for a report and for the retrospective. */
  Dossier dossier() {
    return new Dossier(
        status(),
        timeline(),
        passage.passed(),
        passage.holds(),
        plan.now().image().reference(),
        plan.now().launchAt(),
        passage.begun(),
        checkpoints.settles(),
        checkpoints.left());
  }

  List<TimelineEntry> timeline() {
    return story.entries();
  }

  String wayBackAfter(Milestone gate) {
    return database.standing.after(gate).sentence();
  }

  private WayBack wayBack() {
    boolean open = !settled && outcome == null;
    List<String> would = rollback.undos().stream().map(LaunchStatus.Undo::name).toList();
    List<String> wouldNot = new ArrayList<>();
    database.notUndone().ifPresent(wouldNot::add);
    if (traffic.moved()) {
      wouldNot.add("rows written since traffic moved: they are kept");
    }
    return new WayBack(
        open,
        open ? would : List.of(),
        wouldNot,
        open && hasDatabase() ? database.standing.wayBack().sentence() : null);
  }

  private void changed() {
    revision++;
    Workflow.setCurrentDetails(Card.of(status()));
  }
}

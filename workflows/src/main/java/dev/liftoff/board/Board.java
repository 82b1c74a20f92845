package dev.liftoff.board;

import dev.liftoff.LaunchId;
import dev.liftoff.Milestone;
import dev.liftoff.Outcome;
import dev.liftoff.Waits;
import dev.liftoff.Word;
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
import io.temporal.workflow.Workflow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that a launch shows of itself: status, timeline, the card in the Temporal UI and the search
 * attributes. Decides nothing.
 */
public final class Board {
  public final Rollback rollback =
      new Rollback(this::changed, line -> tell(TimelineEntry.Kind.UNDO, "liftoff", line));
  public final SchemaFacts database = new SchemaFacts(this::changed);
  public final WatchFacts watch = new WatchFacts(this::changed);
  public final TrafficFacts traffic = new TrafficFacts(this::changed);
  public final ExposureLedger exposure = new ExposureLedger(this::changed);
  public final PeopleFacts people = new PeopleFacts(this::changed);
  public final AlertFacts alerts;
  public final Mutes mutes = new Mutes((kind, line) -> tell(kind, "liftoff", line));
  public final Ledger messages = new Ledger((kind, line) -> tell(kind, "liftoff", line));
  public final ReadinessFacts readiness;
  public final LaunchClock clock;
  public final Checkpoints checkpoints;
  private final Passage passage;
  public final Attendance attendance;
  public final Charge charge;
  public final ActionItems actions = new ActionItems();
  private final LaunchId id;
  private final PlanInForce plan;
  private final Story story = new Story();
  private final Stage stage = new Stage();
  private long revision;
  private @Nullable String from;
  private boolean settled;
  private String holder = "";

  public Board(LaunchId id, PlanInForce plan) {
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

  public void open() {
    SearchAttributes.open(id);
    tell(TimelineEntry.Kind.MILESTONE, plan.now().commander(), "launch " + id + " begins");
  }

  public void enter(Milestone reached) {
    passage.enter(reached);
    stage.enter(reached);
    SearchAttributes.phase(reached.word());
    changed();
    tell(TimelineEntry.Kind.MILESTONE, "liftoff", reached.purpose());
  }

  public void state(State now, String reason) {
    stage.is(now, reason);
    changed();
  }

  public void waiting(Milestone upcoming, String label) {
    Instant at = clock.due(upcoming);
    waiting(new Next(upcoming, at, label), upcoming + (at == null ? "" : " at " + at));
  }

  public void waitingForCheckpoint() {
    String label = checkpoints.label();
    Instant at = checkpoints.due();
    Milestone review = milestone();
    waiting(
        new Next(review == null ? Milestone.REVIEW_48H : review, at, label),
        "checkpoint %s at %s, extended by %s".formatted(label, at, checkpoints.by()));
  }

  private void waiting(Next next, String reason) {
    stage.waiting(next, reason);
    changed();
  }

  public void enterCheckpoint() {
    checkpoints.reached();
    stage.enterCheckpoint(checkpoints.label());
    changed();
    tell(
        TimelineEntry.Kind.MILESTONE,
        "liftoff",
        "checkpoint %s of %s: look again, and ask again"
            .formatted(checkpoints.label(), milestone()));
  }

  public void deciding(Milestone gate, List<Role> roles, Instant until) {
    stage.deciding(new Awaited(gate, roles, Waits.now(), until));
    changed();
  }

  /** Whose answer is missing now. */
  public void awaiting(List<Role> roles) {
    if (stage.awaiting(roles)) {
      changed();
    }
  }

  /** Nobody decided in time; the gate goes on taking decisions until then. */
  public void expired(Milestone gate, String reason, Instant until) {
    stage.expired(gate, reason, until);
    changed();
  }

  public void decided() {
    stage.decided();
    changed();
  }

  public void baseline(@Nullable String version, Slot candidateSlot, Weights weights) {
    from = version;
    traffic.found(candidateSlot, weights);
  }

  public void moving(Weight wanted) {
    database.standing.enter(Reached.CUT_OVER);
    traffic.moving(wanted);
  }

  public void hold(Instant now, String who) {
    clock.stop(now);
    passage.stop(now, who);
    heldBy(who);
  }

  public void heldBy(String who) {
    holder = who;
    passage.by(who);
    changed();
  }

  public void resume(Instant now) {
    clock.go(now);
    passage.go(now);
    changed();
  }

  /** What a human is needed for, whatever else goes on; null when for nothing. */
  public void needs(@Nullable String reason) {
    stage.needs(reason);
    changed();
  }

  public void rollingBack(String reason) {
    SearchAttributes.phase("rollback");
    stage.rollingBack(reason);
    changed();
  }

  public void settled() {
    settled = true;
    rollback.discard();
  }

  public void ended(String word, @Nullable Outcome how, String reason) {
    SearchAttributes.ended(word);
    stage.ended(how, reason.isEmpty() ? word : reason);
    changed();
    tell(TimelineEntry.Kind.MILESTONE, "liftoff", word + (reason.isEmpty() ? "" : ": " + reason));
  }

  public void tell(TimelineEntry.Kind kind, String who, String text) {
    Instant now = Waits.now();
    story.add(new TimelineEntry(now, clock.text(now, milestone()), milestone(), kind, who, text));
    Workflow.getLogger(Board.class).info("{} launch={} who={} {}", Word.of(kind), id, who, text);
    changed();
  }

  public void refused(@Nullable String who, String what, String why) {
    String line = why.replaceAll("\\s*\n\\s*", " ");
    tell(TimelineEntry.Kind.REFUSED, who == null ? "somebody" : who, what + " refused: " + line);
  }

  public LaunchId id() {
    return id;
  }

  public long revision() {
    return revision;
  }

  /** What is waited for or watched is held at once; a step that runs is finished first. */
  public State state() {
    return stage.state(clock.heldSince() != null);
  }

  public @Nullable Milestone milestone() {
    return stage.milestone();
  }

  public boolean hasDatabase() {
    return plan.now().database() != null;
  }

  /** What a vote on the alerts was a vote on; another one voids it. Never null. */
  public String firingDigest() {
    return alerts.firing().digest();
  }

  public boolean trafficMoved() {
    return traffic.moved();
  }

  /** True from the first undo to the end. */
  public boolean isGoingBack() {
    return stage.isGoingBack();
  }

  public boolean isSettled() {
    return settled;
  }

  public LaunchStatus status() {
    Instant now = Waits.now();
    return new LaunchStatus(
        LaunchStatus.SCHEMA,
        id,
        revision,
        now,
        plan.now().commander(),
        from,
        id.version(),
        milestone(),
        state(),
        stage.because(clock.heldSince() != null, holder),
        new LaunchStatus.Clock(
            clock.planned(), clock.actual(), clock.heldFor(now), clock.heldSince()),
        stage.next(),
        stage.awaited(),
        traffic.status(),
        watch.judged(),
        watch.checks(),
        database.status(),
        rollback.undos(),
        wayBack(),
        stage.outcome(),
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

  public Team team() {
    return new Team(attendance.status(), charge.status(), actions.all());
  }

  /** All that is known, for a report and for the retrospective. */
  public Dossier dossier() {
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

  public List<TimelineEntry> timeline() {
    return story.entries();
  }

  public String wayBackAfter(Milestone gate) {
    return database.standing.after(gate).sentence();
  }

  private WayBack wayBack() {
    boolean open = !settled && stage.outcome() == null;
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

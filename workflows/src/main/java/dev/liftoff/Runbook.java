package dev.liftoff;

import dev.liftoff.board.Board;
import dev.liftoff.container.Endpoint;
import dev.liftoff.container.Image;
import dev.liftoff.control.Controls;
import dev.liftoff.control.Countdown;
import dev.liftoff.database.RestorePoint;
import dev.liftoff.notify.Announcement.Severity;
import dev.liftoff.notify.Occasion;
import dev.liftoff.plan.LaunchPlan;
import dev.liftoff.timeline.Labels;
import dev.liftoff.timeline.TimelineEntry.Kind;
import dev.liftoff.watch.Concerns;
import dev.liftoff.watch.FiringAlerts;
import dev.liftoff.watch.LateWayBack;
import dev.liftoff.watch.WatchedThings;
import dev.liftoff.watch.Watcher;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The launch in order. Each step that has an effect registers its undo first; each "no" halts, and
 * the way back runs.
 */
final class Runbook {
  private final Board board;
  private final Countdown countdown;
  private final Controls controls;
  private final ReadinessWatch readiness;
  private final Preflight preflight;
  private final Preparation preparation;
  private final Schema schema;
  private final Candidate candidate;
  private final Cutover cutover;
  private final Validation validation;
  private final WatchedThings things;
  private final Watcher watcher;
  private final LateWayBack lateWayBack;
  private final Keeping keeping;
  private final FiringAlerts alerts;
  private final Briefing briefing;
  private final HandOver handOver;
  private final Reviews reviews;
  private final List<String> leftovers = new ArrayList<>();

  Runbook(Controls controls) {
    this.controls = controls;
    board = controls.board();
    countdown = controls.countdown();
    readiness = new ReadinessWatch(controls);
    countdown.beforeEach(readiness::before);
    preflight = new Preflight(controls);
    preparation = new Preparation(controls);
    schema = new Schema(controls);
    candidate = new Candidate(controls);
    Concerns concerns = new Concerns(controls);
    things = new WatchedThings(controls, concerns);
    alerts = new FiringAlerts(controls, concerns);
    watcher = new Watcher(controls, concerns, things);
    lateWayBack = new LateWayBack(controls);
    keeping = new Keeping(controls);
    briefing = new Briefing(controls);
    handOver = new HandOver(controls);
    reviews = new Reviews(controls, things);
    validation = new Validation(controls);
    cutover = new Cutover(controls, watcher, validation);
  }

  void run() {
    readiness();
    briefing();
    Survey survey = preflight();
    notice();
    Image image = prepare();
    Optional<RestorePoint> restorePoint = backUp(survey, image);
    migrate(restorePoint);
    startGreen(survey, image);
    health(survey);
    goLive(survey);
    validate(survey, Milestone.VALIDATION_15M);
    validate(survey, Milestone.VALIDATION_30M);
    handOver(survey);
    validate(survey, Milestone.CHECKPOINT_2H);
    validate(survey, Milestone.CHECKPOINT_4H);
    review(survey, Milestone.REVIEW_24H);
    review(survey, Milestone.REVIEW_48H);
    settle(survey);
    retrospective();
  }

  /** What a settled launch could not clear away. */
  List<String> leftovers() {
    return List.copyOf(leftovers);
  }

  private void readiness() {
    countdown.reach(Milestone.READINESS);
    readiness.open();
    countdown.gate(Milestone.READINESS);
  }

  private void briefing() {
    countdown.reach(Milestone.BRIEFING);
    briefing.call();
    countdown.gate(Milestone.BRIEFING);
  }

  private Survey preflight() {
    countdown.reach(Milestone.PREFLIGHT);
    Survey survey = preflight.survey();
    schema.inspect();
    keeping.sweep();
    validation.require(Milestone.PREFLIGHT, survey);
    alerts.require(Milestone.PREFLIGHT);
    controls
        .announcer()
        .tell(
            Occasion.STARTING,
            "LAUNCH BEGINS",
            List.of(
                plan().service() + " " + plan().version() + " goes to " + plan().environment(),
                "commander: " + plan().commander()));
    return survey;
  }

  private void notice() {
    countdown.reach(Milestone.NOTICE);
    tell(
        Occasion.NOTICE,
        "MAINTENANCE NOTICE",
        plan().service() + " " + plan().version() + " goes to " + plan().environment());
    new RequiredNotice(controls).await();
  }

  private Image prepare() {
    countdown.reach(Milestone.PREPARE);
    Image image = preparation.pin();
    validation.pin(image);
    preparation.saveConfiguration();
    return image;
  }

  private Optional<RestorePoint> backUp(Survey survey, Image image) {
    countdown.reach(Milestone.BACKUP);
    Optional<RestorePoint> restorePoint = schema.backUp(survey, image);
    controls
        .announcer()
        .tell(
            Occasion.FREEZE,
            "FREEZE",
            List.of(
                restorePoint.isPresent()
                    ? "the backup is proven: it was restored and compared"
                    : "there is no database to back up",
                "nothing else should change until T+60m"));
    return restorePoint;
  }

  private void migrate(Optional<RestorePoint> restorePoint) {
    countdown.reach(Milestone.MIGRATE);
    alerts.requireAgain(Milestone.MIGRATE);
    countdown.gate(Milestone.MIGRATE);
    readiness.still(Milestone.MIGRATE);
    alerts.silence();
    restorePoint.ifPresent(schema::migrate);
  }

  private void startGreen(Survey survey, Image image) {
    countdown.reach(Milestone.START_GREEN);
    candidate.start(survey, image);
  }

  private void health(Survey survey) {
    countdown.reach(Milestone.HEALTH);
    validation.require(Milestone.HEALTH, survey);
    candidate.warmUp(survey.candidate());
    board.exposure.ready(Waits.now());
  }

  private void goLive(Survey survey) {
    countdown.reach(Milestone.GO_LIVE);
    things.remember(survey.serving());
    alerts.require(Milestone.GO_LIVE);
    countdown.gate(Milestone.GO_LIVE);
    readiness.still(Milestone.GO_LIVE);
    cutover.ramp(survey);
  }

  private void validate(Survey survey, Milestone milestone) {
    countdown.reach(milestone);
    lateWayBack.asking(() -> validated(milestone, validation.validate(milestone, survey)));
    things.look(milestone, survey.candidate().slot());
    alerts.look(milestone);
    countdown.gate(milestone);
    cutover.passed(milestone, survey);
    if (milestone == Milestone.VALIDATION_30M) {
      lateWayBack.begin();
    }
  }

  /** At T+30 the end of the easy way back says it. */
  private void validated(Milestone milestone, String unseen) {
    if (milestone == Milestone.VALIDATION_15M) {
      controls
          .announcer()
          .tell(
              Occasion.VALIDATED,
              Labels.of(plan().offset(milestone))
                  + (unseen.isEmpty() ? ": good" : ": not measured"),
              List.of(unseen.isEmpty() ? "checks and metrics are within their limits" : unseen));
    }
  }

  private void handOver(Survey survey) {
    countdown.reach(Milestone.HAND_OVER);
    things.look(Milestone.HAND_OVER, survey.candidate().slot());
    alerts.endSilences();
    List<String> facts = new ArrayList<>();
    facts.add(plan().service() + " " + plan().version() + " serves; the guard watches until T+48h");
    board.watch.watched().forEach(thing -> facts.add(thing.line()));
    handOver.begin();
    facts.addAll(handOver.facts());
    controls
        .announcer()
        .announce(Occasion.HAND_OVER, Severity.INFORMATION, "HAND-OVER to on-call", facts);
    cutover.passed(Milestone.HAND_OVER, survey);
  }

  private void review(Survey survey, Milestone milestone) {
    reviews.review(milestone, survey.candidate().slot());
    cutover.passed(milestone, survey);
  }

  /**
   * The point of no return: from here on the old version is gone. What cannot be cleared away is
   * reported, and fails nothing.
   */
  private void settle(Survey survey) {
    Waits.goOn();
    watcher.standDown();
    board.settled();
    Endpoint baseline = survey.baseline();
    if (baseline != null) {
      // A cancellation here must not leave the old version half removed.
      Workflow.newDetachedCancellationScope(() -> clearAway(baseline)).run();
    }
    Workflow.newDetachedCancellationScope(keeping::settle).run();
    List<String> facts = new ArrayList<>();
    facts.add(plan().service() + " " + plan().version() + " is the new baseline");
    facts.addAll(handOver.end());
    controls.announcer().announce(Occasion.SETTLED, Severity.INFORMATION, "SETTLED", facts);
  }

  private void retrospective() {
    countdown.reach(Milestone.RETROSPECTIVE);
    controls
        .announcer()
        .announce(
            Occasion.RETROSPECTIVE,
            Severity.INFORMATION,
            "RETROSPECTIVE",
            Retrospective.facts(board.timeline(), board.exposure.exposure(), board.team().open()));
  }

  private void clearAway(Endpoint baseline) {
    try {
      candidate.retire(baseline);
    } catch (ActivityFailure failure) {
      leftovers.add("remove the old version: " + Reasons.of(failure));
      board.tell(Kind.TROUBLE, "liftoff", "left behind: " + leftovers.getLast());
    }
  }

  private LaunchPlan plan() {
    return controls.plan();
  }

  private void tell(Occasion occasion, String title, String fact) {
    controls.announcer().announce(occasion, Severity.INFORMATION, title, List.of(fact));
  }
}

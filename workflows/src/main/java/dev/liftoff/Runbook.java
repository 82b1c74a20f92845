package dev.liftoff;

import dev.liftoff.container.Endpoint;
import dev.liftoff.container.Image;
import dev.liftoff.container.LogScan;
import dev.liftoff.container.Slot;
import dev.liftoff.database.DatabaseSpec;
import dev.liftoff.database.Integrity;
import dev.liftoff.database.Migrated;
import dev.liftoff.database.Proof;
import dev.liftoff.database.RestorePoint;
import dev.liftoff.database.SchemaState;
import dev.liftoff.metrics.Reading;
import dev.liftoff.notify.Announcement.Severity;
import dev.liftoff.plan.LaunchPlan;
import dev.liftoff.probe.ProbeResult;
import dev.liftoff.probe.Targets;
import dev.liftoff.probe.Warmed;
import dev.liftoff.timeline.TimelineEntry.Kind;
import dev.liftoff.traffic.Drained;
import dev.liftoff.traffic.Ramp;
import dev.liftoff.traffic.Weight;
import dev.liftoff.traffic.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The launch in order. Each step that has an effect registers its undo first; each "no" halts, and
 * the way back runs.
 */
final class Runbook {
  private final LaunchId id;
  private final LaunchPlan plan;
  private final Board board;
  private final Countdown countdown;
  private final Watcher watcher;
  private final Announcer announcer;
  private final Stubs go;
  private final Stubs back;
  private final List<String> leftovers = new ArrayList<>();

  Runbook(
      LaunchId id,
      LaunchPlan plan,
      Board board,
      Countdown countdown,
      Watcher watcher,
      Announcer announcer) {
    this.id = id;
    this.plan = plan;
    this.board = board;
    this.countdown = countdown;
    this.watcher = watcher;
    this.announcer = announcer;
    this.go = Stubs.forward(plan);
    this.back = Stubs.back(plan);
  }

  void run() {
    readiness();
    briefing();
    Survey survey = preflight();
    notice();
    Image image = prepare();
    Optional<RestorePoint> restorePoint = backUp();
    migrate(restorePoint);
    startGreen(survey, image);
    health(survey);
    goLive(survey);
    validate(survey, Milestone.VALIDATION_15M);
    validate(survey, Milestone.VALIDATION_30M);
    handOver();
    validate(survey, Milestone.CHECKPOINT_2H);
    validate(survey, Milestone.CHECKPOINT_4H);
    review(Milestone.REVIEW_24H);
    review(Milestone.REVIEW_48H);
    settle(survey);
    retrospective();
  }

  /** What a settled launch could not clear away. */
  List<String> leftovers() {
    return List.copyOf(leftovers);
  }

  private void readiness() {
    countdown.reach(Milestone.READINESS);
    countdown.gate(Milestone.READINESS);
  }

  private void briefing() {
    countdown.reach(Milestone.BRIEFING);
    countdown.gate(Milestone.BRIEFING);
  }

  private Survey preflight() {
    countdown.reach(Milestone.PREFLIGHT);
    Survey survey = survey();
    inspectDatabase();
    check(Milestone.PREFLIGHT, survey);
    return survey;
  }

  private void notice() {
    countdown.reach(Milestone.NOTICE);
    announcer.announce(
        Severity.INFORMATION,
        "MAINTENANCE NOTICE",
        List.of(plan.service() + " " + plan.version() + " goes to " + plan.environment()));
  }

  private Image prepare() {
    countdown.reach(Milestone.PREPARE);
    Image image = go.images("Pin " + plan.image().reference()).pin(id, plan.image());
    step("image " + image);
    if (!plan.configuration().isEmpty()) {
      board.rollback.push("restore configuration files", this::restoreConfiguration);
      step(
          "saved "
              + go.configuration("Save configuration files")
                  .save(id, plan.configuration())
                  .sha256()
                  .size()
              + " configuration files");
    }
    return image;
  }

  private Optional<RestorePoint> backUp() {
    countdown.reach(Milestone.BACKUP);
    DatabaseSpec database = plan.database();
    if (database == null) {
      return Optional.empty();
    }
    board.rollback.push("drop scratch databases", () -> dropScratch(database));
    RestorePoint restorePoint =
        go.database("Back up the database", database.backupLimit()).backUp(id, database);
    board.restorePoint(restorePoint.folder(), false);
    Proof proof =
        go.database("Restore the backup to prove it", database.backupLimit())
            .prove(id, database, restorePoint);
    if (!proof.proven()) {
      throw Halt.rollback("the backup is not proven: " + String.join("; ", proof.differences()));
    }
    board.restorePoint(restorePoint.folder(), true);
    step(
        "restore point proven: %d tables, %d rows, %d bytes in %s"
            .formatted(proof.tables(), proof.rows(), restorePoint.bytes(), restorePoint.folder()));
    return Optional.of(restorePoint);
  }

  private void migrate(Optional<RestorePoint> restorePoint) {
    countdown.reach(Milestone.MIGRATE);
    countdown.gate(Milestone.MIGRATE);
    DatabaseSpec database = plan.database();
    if (database == null || restorePoint.isEmpty()) {
      return;
    }
    board.rollback.push("find out what the migration left", () -> reconcile(database));
    Migrated migrated =
        go.database("Migrate the database", database.migrationLimit()).migrate(id, database);
    board.migrated(migrated.versionAfter());
    step(
        "migrated "
            + migrated.versionBefore()
            + " -> "
            + migrated.versionAfter()
            + ", applied "
            + migrated.applied());
    Integrity integrity =
        go.database("Verify the database", database.backupLimit())
            .verify(id, database, restorePoint.get());
    if (!integrity.intact()) {
      throw Halt.rollback("the database is not whole: " + String.join("; ", integrity.findings()));
    }
    step("database whole: %d tables, %d rows".formatted(integrity.tables(), integrity.rows()));
  }

  private void startGreen(Survey survey, Image image) {
    countdown.reach(Milestone.START_GREEN);
    Endpoint candidate = survey.candidate();
    board.rollback.push(
        "stop " + candidate.slot() + ", keep its evidence", () -> takeDown(candidate));
    go.containers("Start " + candidate.slot() + " beside " + survey.serving())
        .start(id, candidate.slot(), image, plan.container());
    step(candidate.container() + " answers at " + candidate.address());
    LogScan scan =
        go.containers("Scan the logs of " + candidate.slot())
            .scanLogs(id, candidate, plan.container().errorPatterns());
    if (!scan.clean()) {
      throw Halt.rollback(
          "%d of %d log lines of %s match an error pattern, such as: %s"
              .formatted(
                  scan.matches(),
                  scan.lines(),
                  candidate.container(),
                  String.join(" | ", scan.examples())));
    }
    step("logs clean, " + scan.lines() + " lines");
  }

  private void health(Survey survey) {
    countdown.reach(Milestone.HEALTH);
    check(Milestone.HEALTH, survey);
    if (plan.warmUp().requests() > 0) {
      Warmed warmed =
          go.probe("Warm up " + survey.candidate().slot())
              .warmUp(id, survey.candidate(), plan.warmUp());
      if (warmed.failed() > 0) {
        throw Halt.rollback(
            "%d of %d warm-up requests failed".formatted(warmed.failed(), warmed.requests()));
      }
      step(
          "warmed up with %d requests, P95 %.1f ms"
              .formatted(warmed.requests(), warmed.p95Millis()));
    }
  }

  private void goLive(Survey survey) {
    countdown.reach(Milestone.GO_LIVE);
    countdown.gate(Milestone.GO_LIVE);
    Slot candidate = survey.candidate().slot();
    board.rollback.push("traffic back to " + survey.serving(), () -> trafficBack(survey));
    for (Ramp.Step step : plan.traffic().steps()) {
      countdown.pauseWhileHeld();
      shift(candidate, step.weight());
      watcher.soak(candidate, step);
    }
    watcher.guard(candidate);
  }

  private void shift(Slot candidate, Weight weight) {
    board.moving(weight);
    Weights readBack =
        go.traffic("Traffic: " + candidate + " " + weight).shift(id, candidate, weight);
    board.weights(weight, readBack);
    step("traffic: " + candidate + " has " + readBack.weight(candidate));
    if (weight.equals(Weight.ALL)) {
      board.clock.zero(Waits.now());
      announcer.announce(
          Severity.INFORMATION,
          "T+0: traffic is on " + plan.version(),
          List.of(candidate + " has " + weight));
    }
  }

  private void validate(Survey survey, Milestone milestone) {
    countdown.reach(milestone);
    check(milestone, survey);
    List<Reading> readings =
        go.metrics("Read the metrics").read(id, plan.metrics(), survey.candidate().slot());
    step("metrics: " + Readings.line(readings) + "; before: " + Readings.line(survey.before()));
    countdown.gate(milestone);
    if (milestone == Milestone.VALIDATION_30M) {
      announcer.announce(
          Severity.INFORMATION,
          "T+30: the easy way back ends",
          List.of("traffic can still go back, rows are kept"));
    }
  }

  private void handOver() {
    countdown.reach(Milestone.HAND_OVER);
    announcer.announce(
        Severity.INFORMATION,
        "HAND-OVER to on-call",
        List.of(plan.service() + " " + plan.version() + " serves; the guard watches until T+48h"));
  }

  private void review(Milestone milestone) {
    countdown.reach(milestone);
    countdown.gate(milestone);
  }

  /**
   * The point of no return: from here on the old version is gone. What cannot be cleared away is
   * reported, and fails nothing.
   */
  private void settle(Survey survey) {
    watcher.standDown();
    board.settled();
    Endpoint baseline = survey.baseline();
    if (baseline != null) {
      clearAway("remove the old version", () -> retire(baseline));
    }
    announcer.announce(
        Severity.INFORMATION,
        "SETTLED",
        List.of(plan.service() + " " + plan.version() + " is the new baseline"));
  }

  private void retrospective() {
    countdown.reach(Milestone.RETROSPECTIVE);
    announcer.announce(
        Severity.INFORMATION, "RETROSPECTIVE", Retrospective.facts(board.timeline()));
  }

  private Survey survey() {
    Weights weights = go.traffic("Read the weights").read(id);
    Slot serving =
        weights
            .serving()
            .orElseThrow(() ->
                Halt.rollback(
                    "traffic is split, blue "
                        + weights.blue()
                        + " and green "
                        + weights.green()
                        + ": end that first"));
    List<String> unsupported =
        go.traffic("Can the proxy serve the ramp").unsupported(id, plan.traffic().weights());
    if (!unsupported.isEmpty()) {
      throw Halt.rollback(String.join("; ", unsupported));
    }
    List<Endpoint> running = go.containers("Find what runs").running(id, plan.container());
    Endpoint candidate = Endpoint.in(serving.other(), id, plan.container());
    refuseOccupied(running, candidate);
    @Nullable Endpoint baseline =
        running.stream().filter(endpoint -> endpoint.slot() == serving).findFirst().orElse(null);
    board.baseline(baseline == null ? null : baseline.version(), candidate.slot(), weights);
    step(
        baseline == null
            ? "first launch: nothing serves yet"
            : baseline.version() + " serves on " + serving);
    return new Survey(baseline, serving, candidate, measured(baseline));
  }

  private static void refuseOccupied(List<Endpoint> running, Endpoint candidate) {
    running.stream()
        .filter(endpoint -> endpoint.slot() == candidate.slot())
        .findFirst()
        .ifPresent(other -> {
          throw Halt.rollback(
              "slot %s is taken by %s with version %s: stop and remove it first"
                  .formatted(other.slot(), other.container(), other.version()));
        });
  }

  private List<Reading> measured(@Nullable Endpoint baseline) {
    if (baseline == null) {
      return List.of();
    }
    List<Reading> readings =
        go.metrics("Read the baseline's metrics").read(id, plan.metrics(), baseline.slot());
    if (readings.stream().allMatch(reading -> reading.state() == Reading.State.NO_DATA)) {
      throw Halt.rollback(
          "monitoring has no data of the running version: what is not measured is never green");
    }
    step("baseline: " + Readings.line(readings));
    return readings;
  }

  private void inspectDatabase() {
    DatabaseSpec database = plan.database();
    if (database != null) {
      SchemaState schema =
          go.database("Inspect the database", plan.limits().step()).inspect(id, database);
      board.schema(schema);
      step(
          "schema at " + schema.version() + ", " + schema.pending().size() + " migrations pending");
    }
  }

  private void check(Milestone milestone, Survey survey) {
    if (plan.checksAt(milestone).isEmpty()) {
      return;
    }
    Targets targets = new Targets(survey.baseline(), survey.candidate());
    List<ProbeResult> results =
        go.probe(plan.checksAt(milestone).size() + " checks of " + milestone)
            .check(id, plan.checksAt(milestone), targets);
    board.checks(results);
    List<String> bad =
        results.stream().filter(result -> !result.passed()).map(Readings::line).toList();
    if (!bad.isEmpty()) {
      throw Halt.rollback(String.join("; ", bad));
    }
    step(results.size() + " checks passed");
  }

  private String restoreConfiguration() {
    return "restored "
        + back.configuration("Undo: restore configuration files").restore(id, plan.configuration());
  }

  private String dropScratch(DatabaseSpec database) {
    back.database("Undo: drop scratch databases", plan.limits().step())
        .discardScratch(id, database);
    return "no scratch database is left; the restore point stays";
  }

  private String reconcile(DatabaseSpec database) {
    SchemaState schema =
        back.database("Undo: what the migration left", database.migrationLimit())
            .reconcile(id, database);
    board.migrated(schema.version());
    return "schema at " + schema.version() + "; every row is kept";
  }

  private String takeDown(Endpoint candidate) {
    String evidence =
        back.containers("Undo: save evidence of " + candidate.slot())
            .capture(id, candidate)
            .folder();
    int exit =
        back.containers("Undo: stop " + candidate.slot())
            .stop(id, candidate, plan.container().stopLimit());
    if (!board.trafficMoved()) {
      back.containers("Undo: remove " + candidate.slot()).remove(id, candidate);
    }
    return "exit code "
        + exit
        + (board.trafficMoved() ? ", kept stopped" : ", removed")
        + "; evidence in "
        + evidence;
  }

  private String trafficBack(Survey survey) {
    Weights weights =
        back.traffic("Undo: traffic -> " + survey.serving()).restore(id, survey.serving());
    board.weights(Weight.NONE, weights);
    Drained drained =
        back.drain("Undo: drain " + survey.candidate().slot())
            .drain(id, survey.candidate().slot(), plan.traffic().drainLimit());
    return survey.serving()
        + " has "
        + weights.weight(survey.serving())
        + "; "
        + Readings.line(drained);
  }

  private void retire(Endpoint baseline) {
    Drained drained =
        go.drain("Drain " + baseline.slot())
            .drain(id, baseline.slot(), plan.traffic().drainLimit());
    int exit =
        go.containers("Stop " + baseline.slot()).stop(id, baseline, plan.container().stopLimit());
    go.containers("Remove " + baseline.slot()).remove(id, baseline);
    step(
        "removed "
            + baseline.container()
            + " with "
            + baseline.version()
            + ", exit code "
            + exit
            + "; "
            + Readings.line(drained));
  }

  private void clearAway(String what, Runnable work) {
    try {
      work.run();
    } catch (io.temporal.failure.ActivityFailure failure) {
      leftovers.add(what + ": " + Reasons.of(failure));
      board.tell(Kind.TROUBLE, "liftoff", "left behind: " + leftovers.getLast());
    }
  }

  private void step(String text) {
    board.tell(Kind.STEP, "liftoff", text);
  }
}

package dev.liftoff;

import dev.liftoff.board.Board;
import dev.liftoff.container.Slot;
import dev.liftoff.control.Controls;
import dev.liftoff.notify.Announcement.Severity;
import dev.liftoff.notify.Occasion;
import dev.liftoff.traffic.Drained;
import dev.liftoff.traffic.Ramp;
import dev.liftoff.traffic.Weight;
import dev.liftoff.traffic.Weights;
import dev.liftoff.watch.ExposureCount;
import dev.liftoff.watch.Readings;
import dev.liftoff.watch.Watcher;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.CanceledFailure;
import java.util.ArrayList;
import java.util.List;

/** Traffic moves to the candidate, step by step, and back. */
final class Cutover {
  private final Controls controls;
  private final LaunchId id;
  private final Board board;
  private final Watcher watcher;
  private final ExposureCount exposure;
  private final Validation validation;

  Cutover(Controls controls, Watcher watcher, Validation validation) {
    this.controls = controls;
    this.validation = validation;
    id = controls.id();
    board = controls.board();
    this.watcher = watcher;
    exposure = new ExposureCount(controls);
  }

  /** A hold between two steps is spent in the soak: what has traffic is watched. */
  void ramp(Survey survey) {
    Slot candidate = survey.candidate().slot();
    watcher.calibrated(survey.calibrated().state());
    exposure.open(candidate);
    board.rollback.push("traffic back to " + survey.serving(), () -> back(survey));
    for (int i = 0; i < ramp().steps().size(); i++) {
      Ramp.Step planned = begin(i);
      boolean last = planned.weight().equals(Weight.ALL);
      Ramp.Step step = last ? planned.at(top(survey)) : planned;
      shift(candidate, step.weight());
      if (last) {
        zero(survey);
      }
      watcher.soak(candidate, step);
      check(step.weight(), survey);
    }
    watcher.guard(candidate, top(survey));
  }

  /** From here on nobody can amend this step, only those after it. */
  private Ramp.Step begin(int step) {
    board.traffic.begun(step + 1);
    return ramp().steps().get(step);
  }

  private Ramp ramp() {
    return controls.plan().traffic();
  }

  /**
   * The rest moves too, at the milestone that ends the control. A proxy that refuses leaves the
   * traffic where it is, under guard, and a human is asked.
   */
  void passed(Milestone milestone, Survey survey) {
    if (ramp().control() == null
        || ramp().control().until() != milestone
        || top(survey).equals(Weight.ALL)) {
      return;
    }
    controls.countdown().pauseWhileHeld();
    while (!moved(survey)) {
      controls.countdown().pauseWhileHeld();
    }
    watcher.standDown();
    watcher.guard(survey.candidate().slot(), Weight.ALL);
  }

  private boolean moved(Survey survey) {
    try {
      shift(survey.candidate().slot(), Weight.ALL);
      return true;
    } catch (ActivityFailure failure) {
      if (failure.getCause() instanceof CanceledFailure cancelled) {
        throw cancelled;
      }
      controls
          .desk()
          .holdItself(
              "the rest of the traffic did not move: %s; resume tries again, rollback brings traffic back"
                  .formatted(Reasons.of(failure)));
      return false;
    }
  }

  /** Where nothing served before, nobody could be compared with, or would answer. */
  private Weight top(Survey survey) {
    return ramp().control() == null || survey.baseline() == null
        ? Weight.ALL
        : ramp().control().left();
  }

  /** What is checked between two weights has traffic too, and so is a hold meanwhile. */
  private void check(Weight weight, Survey survey) {
    if (!controls.plan().stepChecks().isEmpty()) {
      watcher.guarding(
          survey.candidate().slot(),
          weight,
          () -> {
            validation.afterSoak(weight, survey);
            controls.countdown().pauseWhileHeld();
          });
    }
  }

  private void zero(Survey survey) {
    board.clock.zero(Waits.now());
    Slot candidate = survey.candidate().slot();
    List<String> facts = new ArrayList<>(List.of(candidate + " has " + top(survey)));
    if (ramp().control() != null && !top(survey).equals(Weight.ALL)) {
      facts.add(
          "%s keeps %s until %s"
              .formatted(survey.serving(), ramp().control().weight(), ramp().control().until()));
    }
    controls
        .announcer()
        .announce(
            Occasion.TRAFFIC,
            Severity.INFORMATION,
            "T+0: traffic is on " + controls.plan().version(),
            facts);
  }

  private void shift(Slot candidate, Weight weight) {
    Waits.goOn();
    board.moving(weight);
    board.exposure.begin(Waits.now(), "told the proxy to give it " + weight);
    Weights readBack =
        controls.go().traffic("Traffic: " + candidate + " " + weight).shift(id, candidate, weight);
    board.traffic.set(weight, readBack);
    controls.step("traffic: " + candidate + " has " + readBack.weight(candidate));
  }

  private String back(Survey survey) {
    Slot candidate = survey.candidate().slot();
    Weights weights =
        controls
            .back()
            .traffic("Undo: traffic -> " + survey.serving())
            .restore(id, survey.serving());
    board.traffic.set(Weight.NONE, weights);
    board.exposure.back(
        Waits.now(), "read back: " + survey.serving() + " " + weights.weight(survey.serving()));
    Drained drained =
        controls
            .back()
            .drain("Undo: drain " + candidate)
            .drain(id, candidate, controls.plan().traffic().drainLimit());
    exposure.close(candidate, survey.serving());
    return survey.serving()
        + " has "
        + weights.weight(survey.serving())
        + "; "
        + Readings.line(drained);
  }
}

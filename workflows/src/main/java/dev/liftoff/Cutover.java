package dev.liftoff;

import dev.liftoff.container.Slot;
import dev.liftoff.notify.Announcement.Severity;
import dev.liftoff.notify.Occasion;
import dev.liftoff.traffic.Drained;
import dev.liftoff.traffic.Ramp;
import dev.liftoff.traffic.Weight;
import dev.liftoff.traffic.Weights;
import java.util.List;

/** Traffic moves to the candidate, step by step, and back. */
final class Cutover {
  private final Controls controls;
  private final LaunchId id;
  private final Board board;
  private final Watcher watcher;
  private final ExposureCount exposure;

  Cutover(Controls controls, Watcher watcher) {
    this.controls = controls;
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
    for (Ramp.Step step : controls.plan().traffic().steps()) {
      shift(candidate, step.weight());
      watcher.soak(candidate, step);
    }
  }

  private void shift(Slot candidate, Weight weight) {
    Waits.goOn();
    board.moving(weight);
    board.exposure.begin(Waits.now(), "told the proxy to give it " + weight);
    Weights readBack =
        controls.go().traffic("Traffic: " + candidate + " " + weight).shift(id, candidate, weight);
    board.traffic.set(weight, readBack);
    controls.step("traffic: " + candidate + " has " + readBack.weight(candidate));
    if (weight.equals(Weight.ALL)) {
      board.clock.zero(Waits.now());
      controls
          .announcer()
          .announce(
              Occasion.TRAFFIC,
              Severity.INFORMATION,
              "T+0: traffic is on " + controls.plan().version(),
              List.of(candidate + " has " + weight));
    }
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

package dev.liftoff;

import dev.liftoff.container.Endpoint;
import dev.liftoff.control.Controls;
import dev.liftoff.metrics.Calibrated;
import dev.liftoff.metrics.JudgeSpec;
import dev.liftoff.plan.Durations;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.CanceledFailure;
import org.jspecify.annotations.Nullable;

/**
 * Lets the judge learn from the baseline before traffic moves. What it cannot learn fails nothing.
 */
final class Calibrator {
  private final Controls controls;

  Calibrator(Controls controls) {
    this.controls = controls;
  }

  Calibrated calibrate(@Nullable Endpoint baseline) {
    JudgeSpec judge = controls.plan().metrics().judge();
    if (baseline == null
        || judge == null
        || judge.vote() != JudgeSpec.Vote.AUTO
        || !Revision.CALIBRATION.isOn()) {
      return Calibrated.NOTHING;
    }
    Calibrated calibrated = learned(baseline, judge);
    controls.board().watch.calibration(calibrated.lines());
    controls.step("judge: " + String.join("; ", calibrated.lines()));
    return calibrated;
  }

  private Calibrated learned(Endpoint baseline, JudgeSpec judge) {
    try {
      return controls
          .go()
          .calibration(
              "Calibrate the judge on %s of %s"
                  .formatted(Durations.text(judge.history()), baseline.slot()))
          .calibrate(controls.id(), controls.plan().metrics(), baseline.slot());
    } catch (ActivityFailure failure) {
      if (failure.getCause() instanceof CanceledFailure cancelled) {
        throw cancelled;
      }
      return Calibrated.unknown(Reasons.of(failure));
    }
  }
}

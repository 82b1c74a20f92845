package dev.liftoff.watch;

import dev.liftoff.Reasons;
import dev.liftoff.container.Slot;
import dev.liftoff.control.Controls;
import dev.liftoff.metrics.Count;
import dev.liftoff.metrics.Served;
import dev.liftoff.metrics.Verdict;
import dev.liftoff.metrics.WatchReport;
import dev.liftoff.traffic.Ramp;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.CanceledFailure;

/** The requests that the candidate has served at one weight, as its counters tell. */
final class StepCount {
  private final Controls controls;
  private final Slot candidate;
  private final Ramp.Step step;
  private Served served = Served.NOTHING;

  /** Begins to count, where the step asks for it. */
  StepCount(Controls controls, Slot candidate, Ramp.Step step) {
    this.controls = controls;
    this.candidate = candidate;
    this.step = step;
    count();
  }

  boolean isEnough() {
    return served.requests() >= step.minimumSamples();
  }

  /** What a window saw, held back while too few requests were served. */
  WatchReport and(WatchReport report) {
    count();
    return isEnough() ? report : report.and(tooFew());
  }

  private Verdict tooFew() {
    return new Verdict.NotYet(
        "%d of %d requests%s"
            .formatted(
                served.requests(),
                step.minimumSamples(),
                served.why() == null ? "" : ", not counted now: " + served.why()));
  }

  private void count() {
    String requests = controls.plan().requestCounter();
    if (isEnough() || requests == null) {
      return;
    }
    try {
      served =
          controls
              .go()
              .metrics("Count the requests at " + step.weight())
              .served(
                  controls.id(), new Count(candidate, requests, controls.plan().metrics(), served));
    } catch (ActivityFailure failure) {
      if (failure.getCause() instanceof CanceledFailure cancelled) {
        throw cancelled;
      }
      served = served.unseen(Reasons.of(failure));
    }
  }
}

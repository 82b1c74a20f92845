package dev.liftoff.starter;

import dev.liftoff.plan.Durations;
import java.time.Duration;

/** Temporal answers, but no worker does: what is stored waits, what asks gets no answer. */
final class NoWorker extends CommandFailure {
  NoWorker(Duration limit) {
    super(
        ExitCode.TIMEOUT,
        "No worker answered within %s; the launch waits for one.".formatted(Durations.text(limit)),
        "Start a worker: liftoff worker. What is wrong with it: liftoff doctor");
  }

  private NoWorker(String sentence) {
    super(ExitCode.TIMEOUT, sentence, null);
  }

  /** Cancelled or terminated before anybody took it. */
  static NoWorker neverRan() {
    return new NoWorker("It ended before a worker ran it.");
  }
}

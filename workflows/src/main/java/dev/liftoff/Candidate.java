package dev.liftoff;

import dev.liftoff.container.ContainerSpec;
import dev.liftoff.container.Endpoint;
import dev.liftoff.container.Image;
import dev.liftoff.container.LogScan;
import dev.liftoff.control.Controls;
import dev.liftoff.probe.Warmed;
import dev.liftoff.traffic.Drained;
import dev.liftoff.watch.Readings;

/** The containers' part of a launch: the new one comes, and at the end the old one goes. */
final class Candidate {
  /** What a stop answers when there was nothing to stop. */
  private static final int ABSENT = -1;

  private final Controls controls;
  private final LaunchId id;
  private final ContainerSpec spec;

  Candidate(Controls controls) {
    this.controls = controls;
    id = controls.id();
    spec = controls.plan().container();
  }

  void start(Survey survey, Image image) {
    Endpoint candidate = survey.candidate();
    controls
        .board()
        .rollback
        .push("stop " + candidate.slot() + ", keep its evidence", () -> takeDown(candidate));
    controls
        .go()
        .containers("Start " + candidate.slot() + " beside " + survey.serving())
        .start(id, candidate.slot(), image, spec);
    controls.step(candidate.container() + " answers at " + candidate.address());
    scanLogs(candidate);
  }

  void warmUp(Endpoint candidate) {
    if (controls.plan().warmUp().requests() == 0) {
      return;
    }
    Warmed warmed =
        controls
            .go()
            .probe("Warm up " + candidate.slot())
            .warmUp(id, candidate, controls.plan().warmUp());
    if (warmed.failed() > 0) {
      throw Halt.rollback(
          "%d of %d warm-up requests failed".formatted(warmed.failed(), warmed.requests()));
    }
    controls.step(
        "warmed up with %d requests, P95 %.1f ms".formatted(warmed.requests(), warmed.p95Millis()));
  }

  void retire(Endpoint baseline) {
    Drained drained =
        controls
            .go()
            .drain("Drain " + baseline.slot())
            .drain(id, baseline.slot(), controls.plan().traffic().drainLimit());
    int exit =
        controls.go().containers("Stop " + baseline.slot()).stop(id, baseline, spec.stopLimit());
    controls.go().containers("Remove " + baseline.slot()).remove(id, baseline);
    controls.step(
        "removed %s with %s, exit code %d; %s"
            .formatted(baseline.container(), baseline.version(), exit, Readings.line(drained)));
  }

  private void scanLogs(Endpoint candidate) {
    LogScan scan =
        controls
            .go()
            .containers("Scan the logs of " + candidate.slot())
            .scanLogs(id, candidate, spec.errorPatterns());
    if (!scan.clean()) {
      throw Halt.rollback(
          "%d of %d log lines of %s match an error pattern, such as: %s"
              .formatted(
                  scan.matches(),
                  scan.lines(),
                  candidate.container(),
                  String.join(" | ", scan.examples())));
    }
    controls.step("logs clean, " + scan.lines() + " lines");
  }

  /** One that had traffic is kept, stopped, for whoever asks why. */
  private String takeDown(Endpoint candidate) {
    boolean keep = controls.board().trafficMoved();
    String evidence =
        controls
            .back()
            .containers("Undo: save evidence of " + candidate.slot())
            .capture(id, candidate)
            .folder();
    int exit =
        controls
            .back()
            .containers("Undo: stop " + candidate.slot())
            .stop(id, candidate, spec.stopLimit());
    if (!keep) {
      controls.back().containers("Undo: remove " + candidate.slot()).remove(id, candidate);
    }
    return exit == ABSENT
        ? "no container was there"
        : "exit code %d, %s; evidence in %s"
            .formatted(exit, keep ? "kept stopped" : "removed", evidence);
  }
}

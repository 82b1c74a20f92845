package dev.liftoff;

import dev.liftoff.metrics.Concern;
import dev.liftoff.metrics.Reading;
import dev.liftoff.metrics.Verdict;
import dev.liftoff.metrics.watched.Watched;
import dev.liftoff.probe.ProbeResult;
import dev.liftoff.status.LaunchStatus.Judged;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What checks, soaks and the guard have seen last. */
final class WatchFacts {
  private final Runnable changed;
  private @Nullable Judged judged;
  private List<String> calibration = List.of();
  private List<ProbeResult> checks = List.of();
  private List<Concern> concerns = List.of();
  private List<Watched> watched = List.of();

  WatchFacts(Runnable changed) {
    this.changed = changed;
  }

  void judged(Verdict verdict, List<Reading> readings) {
    judged = new Judged(verdict, readings, Waits.now());
    changed.run();
  }

  @Nullable Judged judged() {
    return judged;
  }

  void calibration(List<String> lines) {
    calibration = lines;
    changed.run();
  }

  List<String> calibration() {
    return calibration;
  }

  void checks(List<ProbeResult> results) {
    checks = results;
    changed.run();
  }

  List<ProbeResult> checks() {
    return checks;
  }

  void concerns(List<Concern> now) {
    concerns = now;
    changed.run();
  }

  List<Concern> concerns() {
    return concerns;
  }

  void watched(List<Watched> things) {
    watched = things;
    changed.run();
  }

  /** Empty before all traffic had moved, and where the plan has none. */
  List<Watched> watched() {
    return watched;
  }
}

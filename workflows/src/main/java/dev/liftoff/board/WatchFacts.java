package dev.liftoff.board;

import dev.liftoff.Waits;
import dev.liftoff.metrics.Concern;
import dev.liftoff.metrics.Reading;
import dev.liftoff.metrics.Verdict;
import dev.liftoff.metrics.watched.Watched;
import dev.liftoff.probe.ProbeResult;
import dev.liftoff.status.LaunchStatus.Judged;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What checks, soaks and the guard have seen last. */
public final class WatchFacts {
  private final Runnable changed;
  private @Nullable Judged judged;
  private List<String> calibration = List.of();
  private List<ProbeResult> checks = List.of();
  private List<Concern> concerns = List.of();
  private List<Watched> watched = List.of();

  WatchFacts(Runnable changed) {
    this.changed = changed;
  }

  public void judged(Verdict verdict, List<Reading> readings) {
    judged = new Judged(verdict, readings, Waits.now());
    changed.run();
  }

  public @Nullable Judged judged() {
    return judged;
  }

  public void calibration(List<String> lines) {
    calibration = lines;
    changed.run();
  }

  public List<String> calibration() {
    return calibration;
  }

  public void checks(List<ProbeResult> results) {
    checks = results;
    changed.run();
  }

  public List<ProbeResult> checks() {
    return checks;
  }

  public void concerns(List<Concern> now) {
    concerns = now;
    changed.run();
  }

  public List<Concern> concerns() {
    return concerns;
  }

  public void watched(List<Watched> things) {
    watched = things;
    changed.run();
  }

  /** Empty before all traffic had moved, and where the plan has none. */
  public List<Watched> watched() {
    return watched;
  }
}

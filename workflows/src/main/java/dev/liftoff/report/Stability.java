package dev.liftoff.report;

import dev.liftoff.Outcome;
import dev.liftoff.metrics.Reading;
import dev.liftoff.metrics.Verdict;
import dev.liftoff.metrics.watched.Watched;
import dev.liftoff.plan.Durations;
import dev.liftoff.probe.ProbeResult;
import dev.liftoff.status.LaunchStatus;
import dev.liftoff.status.LaunchStatus.Judged;
import dev.liftoff.status.LaunchStatus.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether the new version is stable, and why. What is not measured, or was measured long ago, is
 * never green.
 */
public record Stability(Level level, List<String> reasons) {
  /**
   * Beyond the longest window of the guard, which is twelve hours after an extension; one that is
   * on ends at once for what rolls back or holds.
   */
  private static final Duration OLD = Duration.ofHours(13);

  /** As on a traffic light. */
  public enum Level {
    GREEN,
    AMBER,
    RED
  }

  public Stability {
    reasons = List.copyOf(reasons);
  }

  /** Such as {@code AMBER: concern …; disk is not measured}. */
  @Override
  public String toString() {
    return level + ": " + String.join("; ", reasons);
  }

  public static Stability of(LaunchStatus status) {
    List<String> red = red(status);
    if (!red.isEmpty()) {
      return new Stability(Level.RED, red);
    }
    List<String> amber = amber(status);
    return amber.isEmpty()
        ? new Stability(Level.GREEN, List.of(green(status)))
        : new Stability(Level.AMBER, amber);
  }

  /** What was looked for and not found out, a sentence each. */
  static List<String> gaps(LaunchStatus status) {
    List<String> gaps = new ArrayList<>();
    Judged judged = status.judged();
    if (judged == null) {
      gaps.add("no limit was looked at yet");
    } else {
      judged.readings().stream()
          .filter(reading -> reading.state() == Reading.State.NO_DATA)
          .forEach(reading -> gaps.add(reading.metric() + " is not measured" + why(reading.why())));
      Duration age = Duration.between(judged.at(), status.asOf());
      if (age.compareTo(OLD) > 0) {
        gaps.add("the last verdict is " + Durations.text(Duration.ofHours(age.toHours())) + " old");
      }
    }
    status.watched().stream()
        .filter(thing -> thing.state() == Watched.State.NO_DATA)
        .forEach(thing -> gaps.add(thing.name() + " is not compared: " + thing.reason()));
    status.checks().stream()
        .filter(check -> check.state() == ProbeResult.State.NO_DATA)
        .forEach(check -> gaps.add("check " + check.check() + ": " + check.value()));
    return gaps;
  }

  private static List<String> red(LaunchStatus status) {
    List<String> red = new ArrayList<>();
    if (status.outcome() instanceof Outcome.RolledBack(_, String reason, _)) {
      red.add("rolled back: " + reason);
    } else if (status.outcome() instanceof Outcome.Scrubbed(_, String reason, _)) {
      red.add("called off: " + reason);
    } else if (status.state() == State.ROLLING_BACK) {
      red.add("the way back runs: " + status.because());
    }
    if (status.judged() != null
        && status.judged().verdict() instanceof Verdict.Fail(String reason)) {
      red.add("the last verdict is fail: " + reason);
    }
    return red;
  }

  private static List<String> amber(LaunchStatus status) {
    List<String> amber = new ArrayList<>();
    if (status.clock().actual() == null) {
      amber.add("not all traffic is on " + status.to() + " yet");
    }
    if (status.state() == State.HELD || status.state() == State.NEEDS_HUMAN) {
      amber.add(status.because());
    }
    Judged judged = status.judged();
    if (judged != null) {
      verdict(amber, judged.verdict());
      judged.readings().stream()
          .filter(reading -> reading.state() == Reading.State.BREACH)
          .forEach(
              reading -> amber.add(reading.metric() + " is beyond " + reading.limitSentence()));
    }
    status.concerns().forEach(concern -> amber.add("concern: " + concern));
    status.watched().stream()
        .filter(thing -> thing.state() == Watched.State.BREACH)
        .map(thing -> thing.name() + ": " + thing.reason())
        .filter(line -> status.concerns().stream().noneMatch(one -> one.reason().equals(line)))
        .forEach(amber::add);
    amber.addAll(gaps(status));
    return amber;
  }

  private static void verdict(List<String> amber, Verdict verdict) {
    switch (verdict) {
      case Verdict.Pass() -> {}
      case Verdict.Fail(String reason) -> amber.add("fail: " + reason);
      case Verdict.NoData(String reason) -> amber.add("no data: " + reason);
      case Verdict.NotYet(String reason) -> amber.add("not yet: " + reason);
      case Verdict.Hold(String reason) -> amber.add("hold: " + reason);
    }
  }

  private static String green(LaunchStatus status) {
    long seen =
        status.watched().stream().filter(thing -> thing.state() == Watched.State.OK).count();
    return "every limit is held"
        + (seen == 0 ? "" : ", %d watched things are as they were before".formatted(seen));
  }

  private static String why(@Nullable String why) {
    return why == null ? "" : ": " + why;
  }
}

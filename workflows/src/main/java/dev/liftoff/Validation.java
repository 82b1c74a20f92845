package dev.liftoff;

import dev.liftoff.metrics.Reading;
import dev.liftoff.plan.LaunchPlan;
import dev.liftoff.probe.Check;
import dev.liftoff.probe.ProbeResult;
import dev.liftoff.probe.Targets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Checks and readings at a milestone. What is not measured is never green. */
final class Validation {
  private final Controls controls;
  private final LaunchId id;
  private final LaunchPlan plan;
  private final Unseen unseen;

  Validation(Controls controls) {
    this.controls = controls;
    id = controls.id();
    plan = controls.plan();
    unseen = new Unseen(controls);
  }

  /** Before traffic moves, a check that does not pass ends the launch, measured or not. */
  void require(Milestone milestone, Survey survey) {
    List<ProbeResult> results = check(milestone, survey);
    refuse(results.stream().filter(result -> !result.passed()).map(Readings::line));
    said(results);
  }

  /**
   * After T+0 a failing check or a breached limit rolls back. Monitoring that is blind does not:
   * the launch holds itself and asks.
   */
  void validate(Milestone milestone, Survey survey) {
    unseen.ask(milestone, () -> lookOnce(milestone, survey));
  }

  /** What could not be measured; empty when everything was, and is good. */
  private String lookOnce(Milestone milestone, Survey survey) {
    List<ProbeResult> results = check(milestone, survey);
    List<Reading> readings =
        controls
            .go()
            .metrics("Read the metrics")
            .read(id, plan.metrics(), survey.candidate().slot());
    refuse(
        Stream.concat(
            results.stream()
                .filter(result -> result.state() == ProbeResult.State.FAIL)
                .map(Readings::line),
            limited(readings, Reading.State.BREACH).map(Readings::breach)));
    said(results);
    controls.step(
        "metrics: " + Readings.line(readings) + "; before: " + Readings.line(survey.before()));
    return Stream.concat(
            results.stream()
                .filter(result -> result.state() == ProbeResult.State.NO_DATA)
                .map(Readings::line),
            limited(readings, Reading.State.NO_DATA).map(Readings::unseen))
        .collect(Collectors.joining("; "));
  }

  private List<ProbeResult> check(Milestone milestone, Survey survey) {
    List<Check> checks = plan.checksAt(milestone);
    if (checks.isEmpty()) {
      return List.of();
    }
    List<ProbeResult> results =
        controls
            .go()
            .probe(checks.size() + " checks of " + milestone)
            .check(id, checks, new Targets(survey.baseline(), survey.candidate()));
    controls.board().checks(results);
    return results;
  }

  private void said(List<ProbeResult> results) {
    if (!results.isEmpty()) {
      long passed = results.stream().filter(ProbeResult::passed).count();
      controls.step(
          passed == results.size()
              ? passed + " checks passed"
              : passed + " of " + results.size() + " checks passed");
    }
  }

  private static void refuse(Stream<String> reasons) {
    String all = reasons.collect(Collectors.joining("; "));
    if (!all.isEmpty()) {
      throw Halt.rollback(all);
    }
  }

  private static Stream<Reading> limited(List<Reading> readings, Reading.State state) {
    return readings.stream().filter(reading -> reading.limit() != null && reading.state() == state);
  }
}

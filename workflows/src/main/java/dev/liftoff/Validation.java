package dev.liftoff;

import dev.liftoff.container.Image;
import dev.liftoff.container.Slot;
import dev.liftoff.control.Controls;
import dev.liftoff.metrics.Limit;
import dev.liftoff.metrics.Reading;
import dev.liftoff.metrics.Verdict;
import dev.liftoff.metrics.Watch;
import dev.liftoff.metrics.WatchReport;
import dev.liftoff.metrics.WatchState;
import dev.liftoff.plan.Durations;
import dev.liftoff.probe.Check;
import dev.liftoff.probe.ProbeResult;
import dev.liftoff.probe.Targets;
import dev.liftoff.traffic.Weight;
import dev.liftoff.watch.Readings;
import dev.liftoff.watch.Unseen;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Checks and readings at a milestone. What is not measured is never green. */
final class Validation {
  private final Controls controls;
  private final LaunchId id;
  private final Unseen unseen;
  private final CheckImages images;

  Validation(Controls controls) {
    this.controls = controls;
    id = controls.id();
    unseen = new Unseen(controls);
    images = new CheckImages(controls);
  }

  /** Checks that are containers run in this image, where they have none of their own. */
  void pin(Image candidate) {
    images.pin(candidate);
  }

  /** Before traffic moves, a check that does not pass ends the launch, measured or not. */
  void require(Milestone milestone, Survey survey) {
    List<ProbeResult> results =
        check(milestone.word(), controls.plan().checksAt(milestone), survey);
    refuse(results.stream().filter(result -> !result.passed()).map(Readings::line));
    said(results);
  }

  /**
   * After T+0 a failing check or a breached limit rolls back. Monitoring that is blind does not:
   * the launch holds itself and asks.
   *
   * @return what was not measured and a person accepted so; empty when all was, and is good
   */
  String validate(Milestone milestone, Survey survey) {
    return unseen.ask(milestone.word(), () -> lookOnce(milestone, survey));
  }

  /** After a soak, before the next weight; the metrics are watched meanwhile. */
  void afterSoak(Weight weight, Survey survey) {
    String _ = unseen.ask("the step at " + weight, () -> unmeasured(weight, survey));
  }

  private String unmeasured(Weight weight, Survey survey) {
    List<ProbeResult> results =
        check("the step at " + weight, controls.plan().stepChecks(), survey);
    refuse(in(results, ProbeResult.State.FAIL));
    said(results);
    return in(results, ProbeResult.State.NO_DATA).collect(Collectors.joining("; "));
  }

  /** What could not be measured; empty when everything was, and is good. */
  private String lookOnce(Milestone milestone, Survey survey) {
    List<ProbeResult> results =
        check(milestone.word(), controls.plan().checksAt(milestone), survey);
    List<Reading> seen = read(survey.candidate().slot());
    List<String> failed = in(results, ProbeResult.State.FAIL).toList();
    if (!failed.isEmpty() || !Revision.GUARD.isOn()) {
      refuse(Stream.concat(failed.stream(), breached(seen).map(Readings::breach)));
    }
    List<Reading> readings = settled(milestone, survey.candidate().slot(), seen);
    said(results);
    controls.step(
        "metrics: " + Readings.line(readings) + "; before: " + Readings.line(survey.before()));
    return Stream.concat(
            in(results, ProbeResult.State.NO_DATA),
            limited(readings, Reading.State.NO_DATA, Limit::acts).map(Readings::unseen))
        .collect(Collectors.joining("; "));
  }

  private List<ProbeResult> check(String what, List<Check> planned, Survey survey) {
    if (planned.isEmpty()) {
      return List.of();
    }
    List<Check> checks = images.placed(planned);
    List<ProbeResult> results =
        controls
            .go()
            .probe(checks.size() + " checks of " + what, checks)
            .check(id, checks, new Targets(survey.baseline(), survey.candidate()));
    controls.board().watch.checks(results);
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

  private static Stream<String> in(List<ProbeResult> results, ProbeResult.State state) {
    return results.stream().filter(result -> result.state() == state).map(Readings::line);
  }

  private List<Reading> read(Slot candidate) {
    return controls.go().metrics("Read the metrics").read(id, controls.plan().metrics(), candidate);
  }

  /**
   * A glimpse of trouble is no breach: whether it lasts is watched, by the rules of soak and guard.
   * The guard holds for what it must.
   */
  private List<Reading> settled(Milestone milestone, Slot candidate, List<Reading> seen) {
    Optional<Duration> longest =
        breached(seen)
            .map(controls.plan().metrics()::limitOf)
            .flatMap(Stream::ofNullable)
            .map(Limit::lasting)
            .max(Duration::compareTo);
    if (longest.isEmpty()) {
      return seen;
    }
    WatchReport report = lasting(milestone, candidate, longest.get());
    if (report.verdict() instanceof Verdict.Fail(String reason)) {
      throw Halt.rollback(reason);
    }
    return report.readings();
  }

  private WatchReport lasting(Milestone milestone, Slot candidate, Duration length) {
    return controls
        .go()
        .watch(milestone + ": does it last, " + Durations.text(length), length)
        .watch(
            id,
            new Watch(candidate, length, controls.plan().metrics(), WatchState.EMPTY, Weight.ALL));
  }

  private Stream<Reading> breached(List<Reading> readings) {
    return limited(readings, Reading.State.BREACH, Limit::rollsBack);
  }

  private Stream<Reading> limited(
      List<Reading> readings, Reading.State state, Predicate<Limit> which) {
    return readings.stream()
        .filter(reading -> {
          Limit limit = controls.plan().metrics().limitOf(reading);
          return limit != null && which.test(limit) && reading.state() == state;
        });
  }
}

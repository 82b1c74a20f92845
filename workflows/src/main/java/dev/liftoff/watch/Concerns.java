package dev.liftoff.watch;

import dev.liftoff.control.Controls;
import dev.liftoff.metrics.Concern;
import dev.liftoff.metrics.Response;
import dev.liftoff.metrics.Verdict;
import dev.liftoff.metrics.WatchReport;
import dev.liftoff.notify.Announcement.Severity;
import dev.liftoff.notify.Occasion;
import dev.liftoff.timeline.TimelineEntry.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What follows from what a watch is concerned about. Each concern is told once and acted on once: a
 * commander who resumes has decided about those that go on, until they end and come back.
 */
public final class Concerns {
  private final Controls controls;
  private final Question question;
  private List<Concern> known = List.of();

  public Concerns(Controls controls) {
    this.controls = controls;
    question = new Question(controls);
  }

  /**
   * Takes what a window found.
   *
   * @return whether anything is new, so that the next window must not wait for the end of this one
   */
  boolean take(String watch, WatchReport report) {
    if (report.looks() == 0) {
      return false;
    }
    List<Concern> fresh = fresh(report.concerns());
    List<Concern> now = new ArrayList<>(report.concerns());
    known.stream()
        .filter(concern -> now.stream().noneMatch(one -> same(one, concern)))
        .forEach(concern -> {
          if (report.cannotTell(concern)) {
            now.add(concern);
          } else {
            tell(watch, concern.what() + " is over");
          }
        });
    known = now;
    controls.board().watch.concerns(known);
    boolean failed = report.verdict() instanceof Verdict.Fail;
    fresh.forEach(concern -> act(watch, concern, failed));
    return !fresh.isEmpty();
  }

  /** What was told and goes on, in words. */
  List<String> named() {
    return known.stream().map(Concern::what).toList();
  }

  /** Those of them that nobody has decided about, the strongest response first. */
  List<Concern> fresh(List<Concern> all) {
    return all.stream()
        .filter(concern -> !concern.goesOnFrom(known))
        .sorted(Comparator.comparing(Concern::response))
        .toList();
  }

  /** Somebody else asks about them: a watch that finds them too does not ask again. */
  void decided(List<Concern> some) {
    List<Concern> all = new ArrayList<>(known);
    fresh(some).forEach(all::add);
    known = all;
    controls.board().watch.concerns(known);
  }

  /** A rollback that is decided already leaves nothing to hold for. */
  private void act(String watch, Concern concern, boolean failed) {
    tell(watch, concern.toString());
    if (concern.holds() && !failed) {
      hold(watch + ": " + concern.reason(), concern.response());
    }
  }

  void hold(String reason, Response response) {
    controls.desk().holdItself(reason + "; resume goes on, rollback brings traffic back");
    if (response == Response.ASK) {
      question.ask(reason);
    } else {
      controls
          .announcer()
          .announce(
              Occasion.ASKING,
              Severity.CRITICAL,
              "HELD: PAUSE AND INVESTIGATE",
              List.of(reason, "resume goes on, rollback brings traffic back"));
    }
  }

  private void tell(String watch, String text) {
    controls.board().tell(Kind.VERDICT, "liftoff", watch + ": " + text);
  }

  private static boolean same(Concern one, Concern other) {
    return one.what().equals(other.what());
  }
}

package dev.liftoff.watch;

import dev.liftoff.Milestone;
import dev.liftoff.Reasons;
import dev.liftoff.Waits;
import dev.liftoff.container.Slot;
import dev.liftoff.control.Controls;
import dev.liftoff.metrics.Concern;
import dev.liftoff.metrics.MetricsSpec;
import dev.liftoff.metrics.watched.Baselines;
import dev.liftoff.metrics.watched.LookBack;
import dev.liftoff.metrics.watched.Thing;
import dev.liftoff.metrics.watched.Watched;
import dev.liftoff.metrics.watched.Watched.State;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.CanceledFailure;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The watched things of the runbook: read once before traffic moves, compared at every look back
 * after it. What they lead to is a question or a line, and never a rollback.
 */
public final class WatchedThings {
  private final Controls controls;
  private final Concerns concerns;
  private final MetricsSpec metrics;
  private final Unseen unseen;
  private final Set<String> accepted = new TreeSet<>();
  private @Nullable Baselines before;

  public WatchedThings(Controls controls, Concerns concerns) {
    this.controls = controls;
    this.concerns = concerns;
    metrics = controls.plan().metrics();
    unseen = new Unseen(controls);
  }

  /** Reads the baselines. What has none is said now, while it could still be mended. */
  public void remember(Slot serving) {
    List<Thing> things = metrics.beside().things();
    if (things.isEmpty()) {
      return;
    }
    before = baselines(serving);
    controls.step("watched before the launch: " + Readings.line(before, things));
  }

  /** What a watch holds the things against; null before all traffic has moved. */
  @Nullable LookBack lookBack(Slot candidate) {
    Instant since = controls.board().clock.actual();
    return before == null || since == null
        ? null
        : new LookBack(candidate, since, before, concerns.named());
  }

  /** Holds and asks, unless the milestone's gate does that anyway, with all lines as its facts. */
  public void look(Milestone milestone, Slot candidate) {
    LookBack look = lookBack(candidate);
    if (look == null) {
      return;
    }
    if (controls.plan().gates().containsKey(milestone)) {
      concerns.decided(breaches(shown(compare(look))));
      return;
    }
    unseen.ask(milestone.word(), () -> notSeen(shown(compare(look))));
    List<Watched> seen = controls.board().watch.watched();
    inState(seen, State.NO_DATA).forEach(thing -> accepted.add(thing.name()));
    List<Concern> fresh = concerns.fresh(breaches(seen));
    concerns.decided(breaches(seen));
    fresh.stream().filter(Concern::holds).forEach(concern -> hold(milestone, concern));
  }

  private void hold(Milestone milestone, Concern concern) {
    concerns.hold(milestone + ": " + concern.reason(), concern.response());
    controls.countdown().pauseWhileHeld();
  }

  /** Who went on without a thing is not asked about it again, until it was seen once. */
  private String notSeen(List<Watched> seen) {
    seen.stream()
        .filter(thing -> thing.state() != State.NO_DATA)
        .forEach(thing -> accepted.remove(thing.name()));
    return inState(seen, State.NO_DATA).stream()
        .filter(thing -> thing.then().holds() && !accepted.contains(thing.name()))
        .map(thing -> thing.name() + " is " + thing.reason())
        .collect(Collectors.joining("; "));
  }

  private List<Watched> shown(List<Watched> seen) {
    controls.board().watch.watched(seen);
    controls.step("watched: " + Readings.watched(seen));
    return seen;
  }

  /** What cannot be asked is not measured: it must not end the launch. */
  private List<Watched> compare(LookBack look) {
    try {
      return controls.go().metrics("Compare what is watched").compare(controls.id(), metrics, look);
    } catch (ActivityFailure failure) {
      return Watched.none(metrics, look.before(), Waits.now(), reason(failure));
    }
  }

  private Baselines baselines(Slot serving) {
    try {
      return controls
          .go()
          .metrics("Read what is watched")
          .baselines(controls.id(), metrics, serving);
    } catch (ActivityFailure failure) {
      return Baselines.none(serving, Waits.now(), metrics.beside().things(), reason(failure));
    }
  }

  private static String reason(ActivityFailure failure) {
    if (failure.getCause() instanceof CanceledFailure cancelled) {
      throw cancelled;
    }
    return Reasons.of(failure);
  }

  private static List<Concern> breaches(List<Watched> seen) {
    return seen.stream().map(Watched::concern).flatMap(Optional::stream).toList();
  }

  private static List<Watched> inState(List<Watched> seen, State state) {
    return seen.stream().filter(thing -> thing.state() == state).toList();
  }
}

package dev.liftoff.metrics;

import dev.liftoff.metrics.watched.Watched;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a window saw.
 *
 * @param readings the last look
 * @param looks how often it looked, including before a crash
 * @param blindLooks how many of them got no data
 * @param judge what the judge says, in one sentence; null where none is declared
 * @param concerns what is out of its bounds and does not make the verdict a fail
 * @param watched the watched things at the end of the window; empty where it had none
 */
public record WatchReport(
    Verdict verdict,
    List<Reading> readings,
    WatchState state,
    int looks,
    int blindLooks,
    @Nullable String judge,
    List<Concern> concerns,
    List<Watched> watched) {
  /** A launch that was begun by an older worker has none of the later ones. */
  public WatchReport {
    concerns = concerns == null ? List.of() : List.copyOf(concerns);
    watched = watched == null ? List.of() : List.copyOf(watched);
  }

  public WatchReport(
      Verdict verdict,
      List<Reading> readings,
      WatchState state,
      int looks,
      int blindLooks,
      @Nullable String judge,
      List<Concern> concerns) {
    this(verdict, readings, state, looks, blindLooks, judge, concerns, List.of());
  }

  public WatchReport(
      Verdict verdict,
      List<Reading> readings,
      WatchState state,
      int looks,
      int blindLooks,
      @Nullable String judge) {
    this(verdict, readings, state, looks, blindLooks, judge, List.of());
  }

  public WatchReport(
      Verdict verdict, List<Reading> readings, WatchState state, int looks, int blindLooks) {
    this(verdict, readings, state, looks, blindLooks, null);
  }

  /** The same with what else was found: the worse of the two verdicts. */
  public WatchReport and(Verdict other) {
    return new WatchReport(
        verdict.and(other), readings, state, looks, blindLooks, judge, concerns, watched);
  }

  /** The same with watched things, and the concerns that come of them. */
  public WatchReport with(List<Watched> things) {
    List<Concern> all = new ArrayList<>(concerns);
    things.stream().map(Watched::concern).flatMap(Optional::stream).forEach(all::add);
    return new WatchReport(verdict, readings, state, looks, blindLooks, judge, all, things);
  }

  /** Whether this report cannot say that the concern is over: silence is no recovery. */
  public boolean cannotTell(Concern concern) {
    return Watched.isSource(concern) && watched.stream().noneMatch(one -> one.tells(concern));
  }
}

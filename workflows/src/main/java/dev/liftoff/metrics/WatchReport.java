package dev.liftoff.metrics;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a window saw.
 *
 * @param readings the last look
 * @param looks how often it looked, including before a crash
 * @param blindLooks how many of them got no data
 * @param judge what the judge says, in one sentence; null where none is declared
 * @param concerns what is out of its bounds and does not make the verdict a fail
 */
public record WatchReport(
    Verdict verdict,
    List<Reading> readings,
    WatchState state,
    int looks,
    int blindLooks,
    @Nullable String judge,
    List<Concern> concerns) {
  /** A launch that was begun by an older worker has no concerns. */
  public WatchReport {
    concerns = concerns == null ? List.of() : List.copyOf(concerns);
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
    return new WatchReport(verdict.and(other), readings, state, looks, blindLooks, judge, concerns);
  }
}

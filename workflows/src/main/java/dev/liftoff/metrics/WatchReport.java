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
 */
public record WatchReport(
    Verdict verdict,
    List<Reading> readings,
    WatchState state,
    int looks,
    int blindLooks,
    @Nullable String judge) {

  public WatchReport(
      Verdict verdict, List<Reading> readings, WatchState state, int looks, int blindLooks) {
    this(verdict, readings, state, looks, blindLooks, null);
  }
}

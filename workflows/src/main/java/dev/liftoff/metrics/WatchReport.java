package dev.liftoff.metrics;

import java.util.List;

/**
 * What a window saw.
 *
 * @param readings the last look
 * @param looks how often it looked, including before a crash
 * @param blindLooks how many of them got no data
 */
public record WatchReport(
    Verdict verdict, List<Reading> readings, WatchState state, int looks, int blindLooks) {}

package dev.liftoff.metrics;

import dev.liftoff.container.Slot;
import java.time.Duration;

/**
 * One window of watching the candidate.
 *
 * @param length how long to watch; a fail ends it early
 * @param state what the window before remembered
 */
public record Watch(Slot candidate, Duration length, MetricsSpec spec, WatchState state) {}

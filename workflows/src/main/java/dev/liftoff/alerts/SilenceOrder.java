package dev.liftoff.alerts;

import java.time.Instant;

/**
 * The silences that a launch wants.
 *
 * @param end when they end by themselves, whatever becomes of the launch
 */
public record SilenceOrder(AlertsSpec spec, Instant end) {}

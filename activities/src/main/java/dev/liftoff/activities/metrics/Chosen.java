package dev.liftoff.activities.metrics;

import dev.liftoff.activities.judge.Calibration;
import dev.liftoff.activities.judge.Method;
import org.jspecify.annotations.Nullable;

/**
 * How a service is judged, learned from its own history and fixed for a launch.
 *
 * @param ceiling how the candidate alone is held against the ceiling; null when no way is right
 */
record Chosen(Calibration errors, Calibration latency, @Nullable Method ceiling) {}

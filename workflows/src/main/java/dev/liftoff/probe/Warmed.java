package dev.liftoff.probe;

/**
 * How a warm-up went: requests sent, how many did not answer 2xx, and the 95th percentile of its
 * last tenth in milliseconds.
 */
public record Warmed(int requests, int failed, double p95Millis) {}

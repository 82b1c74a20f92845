package dev.liftoff.metrics;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A question for what a slot has toll.
 *
 * @param before what was counted until now; null to begin
 * @param after the scrape must be later than this; null for later than the question
 * @param patience how long such a scrape is waited for
 */
public record Counting(@Nullable Toll before, @Nullable Instant after, Duration patience) {}

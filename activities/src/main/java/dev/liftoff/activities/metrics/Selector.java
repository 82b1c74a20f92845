package dev.liftoff.activities.metrics;

import org.jspecify.annotations.Nullable;

/**
 * A place in a PromQL expression where series are read.
 *
 * @param series such as {@code http_requests_total{slot="green"}}
 * @param range how far it reads back, such as {@code 1m}; null when it reads the newest sample
 */
record Selector(String series, @Nullable String range) {}

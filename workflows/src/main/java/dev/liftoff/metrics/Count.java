package dev.liftoff.metrics;

import dev.liftoff.container.Slot;

/**
 * What requests are counted by.
 *
 * @param requests a counter of all requests, a {@link SlotSelector}; {@code {service}} and {@code
 *     {environment}} stand for those
 * @param before what the count before remembered; {@link Served#NOTHING} to begin
 */
public record Count(Slot slot, String requests, MetricsSpec spec, Served before) {}

package dev.liftoff.metrics.watched;

import dev.liftoff.container.Slot;

/** A question to the monitoring system: one thing, of one slot, over one time. */
public record Ask(Thing thing, Slot slot, Span span) {}

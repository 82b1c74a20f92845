package dev.liftoff.probe;

import dev.liftoff.container.Endpoint;
import org.jspecify.annotations.Nullable;

/** What the placeholders of a check stand for; null where there is no such container yet. */
public record Targets(@Nullable Endpoint baseline, @Nullable Endpoint candidate) {}

package dev.liftoff.metrics.watched;

import dev.liftoff.container.Slot;
import java.time.Instant;

/**
 * What the watched things are held against.
 *
 * @param since when all traffic was on the candidate: what was before is not its doing
 */
public record LookBack(Slot candidate, Instant since, Baselines before) {}

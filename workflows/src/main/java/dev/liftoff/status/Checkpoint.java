package dev.liftoff.status;

import dev.liftoff.Milestone;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A look back that people added at a review.
 *
 * @param label as people say it, such as {@code T+72h}
 * @param at its hour, later by the holds so far
 * @param by who wanted it, and why
 */
public record Checkpoint(Milestone review, String label, @Nullable Instant at, String by) {}

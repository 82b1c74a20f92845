package dev.liftoff.report;

import dev.liftoff.Milestone;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A milestone that was reached.
 *
 * @param label the distance to T+0 by the plan, such as {@code T-15m}
 * @param planned by the plan, without holds: before T+0 from its hour, after it from when all
 *     traffic had moved; null where the plan names no hour
 */
public record Passed(Milestone milestone, String label, @Nullable Instant planned, Instant at) {}

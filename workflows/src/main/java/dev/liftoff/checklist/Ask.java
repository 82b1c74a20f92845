package dev.liftoff.checklist;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A launch wants to know where it stands: everything is examined again, and answered under this
 * number.
 *
 * @param number grows; an older one is answered already
 * @param quietAfter from when on the launch needs to hear nothing more; null while it does
 */
public record Ask(long number, @Nullable Instant quietAfter) {}

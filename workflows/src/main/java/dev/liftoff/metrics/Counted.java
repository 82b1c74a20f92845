package dev.liftoff.metrics;

import org.jspecify.annotations.Nullable;

/**
 * The answer to a {@link Counting}.
 *
 * @param toll as far as it could be counted; null when nothing ever was
 * @param fresh whether a scrape of after the moment in question is in it
 * @param why in one sentence, why it is not fresh; null when it is
 */
public record Counted(@Nullable Toll toll, boolean fresh, @Nullable String why) {}

package dev.liftoff.metrics.watched;

import org.jspecify.annotations.Nullable;

/**
 * What a thing was at a time before the launch.
 *
 * @param when in words, such as {@code before the launch}
 * @param value a mean, or a share in an hour; null when it was not measured
 * @param why in one sentence, why it was not; null when it was
 */
public record Reference(String when, @Nullable Double value, @Nullable String why) {
  static final String BEFORE = "before the launch";

  static String days(long days) {
    return "at the same hour %d %s before".formatted(days, days == 1 ? "day" : "days");
  }
}

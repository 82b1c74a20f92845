package dev.liftoff.database;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How far a backup gave way to the service.
 *
 * @param before the p95 of the service before it, in seconds; null when it was not measured
 * @param worst the highest p95 that was seen meanwhile; null when none was
 * @param slowed for how long it read slower than it could have
 * @param looks how often the p95 was asked for meanwhile
 * @param blind how many of these had no answer; the pace stays as it is then
 * @param unmeasured why there was nothing to give way to; null when there was
 */
public record Throttled(
    @Nullable Double before,
    @Nullable Double worst,
    Duration slowed,
    long looks,
    long blind,
    @Nullable String unmeasured) {

  /** It went at full speed, and nobody knows what the service felt. */
  public static Throttled unmeasured(String why) {
    return new Throttled(null, null, Duration.ZERO, 0, 0, why);
  }

  public boolean wasSlowed() {
    return !slowed.isZero();
  }

  /** One line for the commander, such as {@code slowed for 12 s, p95 0.900 s (0.300 s before)}. */
  public String sentence() {
    if (unmeasured != null) {
      return "not slowed: p95 not measured, " + unmeasured;
    }
    String seen =
        worst == null
            ? "p95 not measured meanwhile, %s before".formatted(seconds(before))
            : "p95 at worst %s, %s before".formatted(seconds(worst), seconds(before));
    String lost = blind == 0 ? "" : ", %d of %d looks without data".formatted(blind, looks);
    String how = wasSlowed() ? "slowed for %d s".formatted(rounded(slowed)) : "never slowed";
    return how + ", " + seen + lost;
  }

  /** Something under a second is not nothing. */
  private static long rounded(Duration time) {
    return Math.max(1, Math.round(time.toMillis() / 1000.0));
  }

  private static String seconds(@Nullable Double value) {
    return value == null ? "unknown" : String.format(Locale.ROOT, "%.3f s", value);
  }
}

package dev.liftoff.plan;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as people write them: {@code 90s}, {@code 5m}, {@code 2h30m}, {@code -15m}, {@code 7d},
 * {@code 500ms}, or ISO such as {@code PT5M}.
 */
public final class Durations {
  private static final Pattern FRIENDLY =
      Pattern.compile(
          "(-)?(?:(\\d{1,6})d)?(?:(\\d{1,6})h)?(?:(\\d{1,6})m)?(?:(\\d{1,6})s)?(?:(\\d{1,6})ms)?");

  private Durations() {}

  /**
   * Reads either form.
   *
   * @throws IllegalArgumentException when it is neither
   */
  public static Duration parse(String text) {
    Matcher friendly = FRIENDLY.matcher(text);
    if (friendly.matches() && text.chars().anyMatch(Character::isDigit)) {
      Duration duration =
          Duration.ofDays(part(friendly, 2))
              .plusHours(part(friendly, 3))
              .plusMinutes(part(friendly, 4))
              .plusSeconds(part(friendly, 5))
              .plusMillis(part(friendly, 6));
      return friendly.group(1) == null ? duration : duration.negated();
    }
    try {
      return Duration.parse(text);
    } catch (DateTimeParseException wrong) {
      throw new IllegalArgumentException(
          "must be a duration such as 90s, 5m, 2h30m, 7d or PT5M, was '" + text + "'", wrong);
    }
  }

  static Duration between(Duration duration, Duration least, Duration most) {
    if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          "must be between %s and %s, was %s".formatted(text(least), text(most), text(duration)));
    }
    return duration;
  }

  /** The friendly form, exact to the millisecond. */
  public static String text(Duration duration) {
    if (duration.toMillis() == 0) {
      return "0s";
    }
    Duration size = duration.abs();
    StringBuilder text = new StringBuilder(duration.isNegative() ? "-" : "");
    append(text, size.toDays(), "d");
    append(text, size.toHoursPart(), "h");
    append(text, size.toMinutesPart(), "m");
    append(text, size.toSecondsPart(), "s");
    append(text, size.toMillisPart(), "ms");
    return text.toString();
  }

  public static Duration least(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  public static Duration most(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private static void append(StringBuilder text, long amount, String unit) {
    if (amount != 0) {
      text.append(amount).append(unit);
    }
  }

  private static long part(Matcher matcher, int group) {
    String digits = matcher.group(group);
    return digits == null ? 0 : Long.parseLong(digits);
  }
}

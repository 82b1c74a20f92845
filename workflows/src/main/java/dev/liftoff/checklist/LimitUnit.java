package dev.liftoff.checklist;

import dev.liftoff.plan.Durations;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a subject's limit is written in. */
public enum LimitUnit {
  /** It is so, or it is not. */
  NONE {
    @Override
    public void check(String limit) {
      throw new IllegalArgumentException(
          "must be left out: there is nothing to measure it by, was '" + limit + "'");
    }
  },
  /** Such as {@code 90d}, {@code 5s}. */
  DURATION {
    @Override
    public void check(String limit) {
      duration(limit);
    }
  },
  /** A whole number from 0 to 100 with its sign, such as {@code 30%}. */
  PERCENT {
    @Override
    public void check(String limit) {
      percent(limit);
    }
  };

  private static final Pattern SHARE = Pattern.compile("(\\d{1,3})\\s*%");

  /**
   * Refuses what is not of this unit.
   *
   * @throws IllegalArgumentException naming the unit and the text
   */
  public abstract void check(String limit);

  /**
   * Reads a limit of {@link #DURATION}.
   *
   * @throws IllegalArgumentException when it is none, or not above zero
   */
  public static Duration duration(String limit) {
    Duration read = Durations.parse(limit);
    if (read.isNegative() || read.isZero()) {
      throw new IllegalArgumentException("must be longer than nothing, was '" + limit + "'");
    }
    return read;
  }

  /**
   * Reads a limit of {@link #PERCENT}.
   *
   * @throws IllegalArgumentException when it is none, or above 100
   */
  public static int percent(String limit) {
    Matcher share = SHARE.matcher(limit.strip());
    int percent = share.matches() ? Integer.parseInt(share.group(1)) : -1;
    if (percent < 0 || percent > 100) {
      throw new IllegalArgumentException(
          "must be a percentage between 0% and 100% such as 30%, was '" + limit + "'");
    }
    return percent;
  }
}

package dev.liftoff.activities.judge;

import java.math.BigDecimal;
import java.math.MathContext;

/** A share, for people. */
public final class Percent {
  private static final MathContext DIGITS = new MathContext(3);

  private Percent() {}

  /** Such as {@code 31 %} or {@code 0.125 %}. */
  public static String of(double share) {
    return new BigDecimal(100 * share).round(DIGITS).stripTrailingZeros().toPlainString() + " %";
  }
}

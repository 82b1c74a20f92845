package dev.liftoff.starter;

import java.math.BigDecimal;
import java.math.MathContext;

/** Measured numbers, to three digits: more would claim more than is known. */
final class Numbers {
  private Numbers() {}

  static String text(double number) {
    if (Double.isNaN(number) || Double.isInfinite(number)) {
      return Double.toString(number);
    }
    return new BigDecimal(number).round(new MathContext(3)).stripTrailingZeros().toPlainString();
  }
}

package dev.liftoff.metrics.watched;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Numbers as people read them. */
final class Figures {
  private static final MathContext FOUR_DIGITS = new MathContext(4);

  private Figures() {}

  /** Of a growth in an hour, or of a value in its own unit; a dash where there is none. */
  static String text(@Nullable Double number, boolean growth) {
    if (number == null) {
      return "-";
    }
    return growth ? signed(number) + "/h" : of(number);
  }

  static String of(double number) {
    return plain(new BigDecimal(number).round(FOUR_DIGITS));
  }

  static String share(double share) {
    return plain(tenths(share)) + " %";
  }

  static String signed(double share) {
    return (tenths(share).signum() > 0 ? "+" : "") + share(share);
  }

  private static BigDecimal tenths(double share) {
    return new BigDecimal(share * 100).setScale(1, RoundingMode.HALF_EVEN);
  }

  private static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }
}

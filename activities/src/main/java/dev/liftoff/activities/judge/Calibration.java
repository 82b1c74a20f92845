package dev.liftoff.activities.judge;

import java.util.Locale;

/**
 * How a service's own noise chose the way it is judged; judge.md 3.3.
 *
 * @param method the fastest that found nothing against any placebo
 * @param ratio the least ratio that is tolerated, because the service's pods differ that much
 * @param placebos how many groups played the candidate
 * @param hours how long they played it, all together
 * @param highest the most evidence against any of them
 */
public record Calibration(Method method, double ratio, int placebos, double hours, double highest) {
  /** For a service without history. */
  public static final Calibration NONE = new Calibration(Method.UNKNOWN, 1, 0, 0, 1);

  /** The line for the launch's record. */
  public String audit() {
    return placebos == 0
        ? "no placebo: " + method
        : String.format(
            Locale.ROOT,
            "%s: %d placebos, %.0f h, max M %.1f, pods differ by %.2f",
            method,
            placebos,
            hours,
            highest,
            ratio);
  }
}

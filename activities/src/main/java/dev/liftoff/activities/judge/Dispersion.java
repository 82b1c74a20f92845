package dev.liftoff.activities.judge;

import java.util.Arrays;

/**
 * How much groups of pods differ for minutes on end, beyond what chance and short bursts explain.
 *
 * <p>The residuals of one group in two windows that do not touch: chance is independent in them and
 * a burst is over before the second, so what they have in common is the group's own.
 */
final class Dispersion {
  private static final int WINDOW_SECONDS = 120;
  private static final int APART = 2;

  // A burst that fills a window counts as a window four times as bad as expected, no more.
  private static final double MOST = 3;

  private Dispersion() {}

  /** Standard deviation of the logarithm of a group's rate; 0 when it could be chance. */
  static double of(Past past) {
    Past windows =
        past.in(
            Math.max(past.stepSeconds(), WINDOW_SECONDS / past.stepSeconds() * past.stepSeconds()));
    double[][] residuals = new double[windows.groups()][windows.steps()];
    double[][] expected = new double[windows.groups()][windows.steps()];
    fill(windows, residuals, expected);
    centre(residuals, expected);
    double products = 0;
    double squares = 0;
    double scale = 0;
    for (int group = 0; group < windows.groups(); group++) {
      for (int window = 0; window + APART < windows.steps(); window++) {
        double product = residuals[group][window] * residuals[group][window + APART];
        products += product;
        squares += product * product;
        scale += expected[group][window] * expected[group][window + APART];
      }
    }
    boolean chance = !(scale > 0) || products < 2 * Math.sqrt(squares);
    return chance ? 0 : StrictMath.sqrt(StrictMath.log(1 + products / scale));
  }

  private static void fill(Past windows, double[][] residuals, double[][] expected) {
    for (int window = 0; window < windows.steps(); window++) {
      double requests = 0;
      double bad = 0;
      for (int group = 0; group < windows.groups(); group++) {
        requests += windows.requests()[group][window];
        bad += windows.bad()[group][window];
      }
      for (int group = 0; group < windows.groups(); group++) {
        double others = requests - windows.requests()[group][window];
        double share = others == 0 ? 0 : (bad - windows.bad()[group][window]) / others;
        double mean = share * windows.requests()[group][window];
        expected[group][window] = mean;
        residuals[group][window] = Math.min(windows.bad()[group][window] - mean, MOST * mean);
      }
    }
  }

  // Cut residuals are no longer zero on average, and that would look like something they share.
  private static void centre(double[][] residuals, double[][] expected) {
    double shift = sum(residuals) / sum(expected);
    for (int group = 0; group < residuals.length; group++) {
      for (int window = 0; window < residuals[group].length; window++) {
        residuals[group][window] -= shift * expected[group][window];
      }
    }
  }

  private static double sum(double[][] values) {
    return Arrays.stream(values).flatMapToDouble(Arrays::stream).sum();
  }
}

package dev.liftoff.activities.judge;

import org.jspecify.annotations.Nullable;

/**
 * One comparison of the candidate with the baseline, or of the candidate with an absolute limit.
 *
 * @param name the key of its trials, such as {@code slower than 0.25 s}
 * @param metric what is named when it fails; several questions may share one
 * @param weight its part of the evidence; all weights together at most 1
 * @param method how votes are counted
 * @param claim what is asked
 */
public record Question(String name, String metric, double weight, Method method, Claim claim) {
  /** Clumps inside a batch are harmless, and half a minute is soon enough. */
  private static final Method STAINS = new Method(Factor.VOTE, 30, false);

  public Question {
    if (!(weight > 0) || weight > 1) {
      throw new IllegalArgumentException(
          "%s: a weight is above 0 and at most 1, was %s".formatted(name, weight));
    }
  }

  /** What may be asked. */
  public sealed interface Claim {}

  /**
   * The candidate is no worse than the baseline.
   *
   * @param grid what is bet on
   * @param tolerance how much worse is still the same
   * @param ratio the least tolerated ratio, from the calibration; 1 when pods do not differ
   * @param certified what must be shown before a promotion; null when nothing must
   * @param before the baseline in the ten minutes before the launch
   */
  public record NoWorse(
      Grid grid, Tolerance tolerance, double ratio, @Nullable Tolerance certified, Arm before)
      implements Claim {}

  /**
   * The candidate alone stays below a share of bad requests.
   *
   * @param share above 0 and below 1; {@code 0.05} also says "P95 below the boundary"
   * @param fewest requests that must have been seen before it may fail
   */
  public record Below(double share, long fewest) implements Claim {
    public Below {
      if (!(share > 0) || share >= 1) {
        throw new IllegalArgumentException("a limit is a share above 0 and below 1, was " + share);
      }
    }
  }

  /**
   * The candidate does not fail where the baseline hardly does.
   *
   * @param tolerance how much worse is still the same
   * @param before the baseline in the ten minutes before the launch
   * @param accusation what is said of a candidate that does
   */
  public record Spotless(Tolerance tolerance, Arm before, String accusation) implements Claim {}

  /** Errors of the candidate where the baseline has none. */
  public static Question spotless(String name, double weight, Calibration calibration, Arm before) {
    return new Question(
        name,
        "errors",
        weight,
        STAINS,
        new Spotless(
            Tolerance.ERRORS.atLeast(calibration.ratio()),
            before,
            "errors: the candidate fails where the baseline hardly does"));
  }

  /** How {@link #prompt} is called. */
  public static String promptName(double seconds) {
    return slowerName(seconds) + " beside none";
  }

  /**
   * Requests of the candidate slower than a boundary that the baseline's hardly ever exceed.
   *
   * @param batchSeconds length of a batch; null for the one of {@link #spotless}
   */
  public static Question prompt(
      double seconds,
      double weight,
      Calibration calibration,
      Arm before,
      @Nullable Integer batchSeconds) {
    return new Question(
        promptName(seconds),
        "latency",
        weight,
        batchSeconds == null ? STAINS : new Method(Factor.VOTE, batchSeconds, false),
        new Spotless(
            Tolerance.SLOW.atLeast(calibration.ratio()),
            before,
            slowerName(seconds)
                + ": the candidate is worse than the baseline, which hardly ever is"));
  }

  /** How {@link #slower} is called. */
  public static String slowerName(double seconds) {
    return "slower than " + seconds + " s";
  }

  /** Errors against the baseline, with the lines of judge.md. */
  public static Question errors(double weight, Calibration calibration, Arm before) {
    return new Question(
        "errors",
        "errors",
        weight,
        calibration.method(),
        new NoWorse(
            Grid.ERRORS,
            Tolerance.ERRORS,
            calibration.ratio(),
            Tolerance.CERTIFIED_ERRORS,
            before));
  }

  /** Requests slower than a bucket boundary against the baseline, with the lines of judge.md. */
  public static Question slower(
      double seconds, double weight, Calibration calibration, Arm before) {
    return new Question(
        slowerName(seconds),
        "latency",
        weight,
        calibration.method(),
        new NoWorse(
            Grid.LATENCY, Tolerance.SLOW, calibration.ratio(), Tolerance.CERTIFIED_SLOW, before));
  }

  /** An absolute limit. */
  public static Question below(
      String name, String metric, double weight, Method method, double share, long fewest) {
    return new Question(name, metric, weight, method, new Below(share, fewest));
  }
}

package dev.liftoff.activities.judge;

import java.util.List;

/**
 * Chooses how to hold a candidate alone against an absolute limit, by what the baseline would have
 * been accused of in its own past. One container is enough for that.
 */
public final class Ceilings {
  /** Not calibrated: short outages and bursts of errors are votes of 15 s, not of requests. */
  public static final Method UNKNOWN = new Method(Factor.VOTE, 15, false);

  private static final List<Method> FAST_TO_ROBUST =
      List.of(
          new Method(Factor.COUNT, 5, false),
          new Method(Factor.COUNT, 15, false),
          new Method(Factor.VOTE, 15, false),
          new Method(Factor.VOTE, 30, false),
          new Method(Factor.VOTE, 60, false));

  private final double limit;
  private final double horizonSeconds;

  /**
   * @param limit share of bad requests, above 0 and below 1
   */
  public Ceilings(double limit, double horizonSeconds) {
    this.limit = limit;
    this.horizonSeconds = horizonSeconds;
  }

  /**
   * The fastest method that finds nothing. When even the last one finds something, {@link
   * Calibration#highest} is {@link Placebos#MARGIN} or more: then nothing is right.
   *
   * @param past all groups together
   */
  public Calibration calibrate(Past past) {
    Calibration last = Calibration.NONE;
    for (Method method : FAST_TO_ROBUST) {
      if (method.seconds() % past.stepSeconds() == 0) {
        Past steps = past.in(method.seconds());
        last = new Calibration(method, 1, 1, past.hours(), highest(steps, method));
        if (last.highest() < Placebos.MARGIN) {
          return last;
        }
      }
    }
    return last;
  }

  private double highest(Past steps, Method method) {
    Excess excess = Excess.of(method.factor(), limit, horizonSeconds);
    Tally tally = new Tally();
    tally.seconds = method.seconds();
    double highest = 1;
    for (int step = 0; step < steps.steps() && highest < Placebos.MARGIN; step++) {
      tally.requests = steps.requests()[0][step];
      tally.bad = steps.bad()[0][step];
      excess.see(tally);
      highest = Math.max(highest, excess.value());
    }
    return highest;
  }
}

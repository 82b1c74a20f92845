package dev.liftoff.activities.judge;

import java.util.List;

/** Chooses how to judge by what the baseline's own pods would have been accused of. */
public final class Placebos {
  /** No placebo may come this near to 100; between the margins measured in judge.md 4.5. */
  public static final double MARGIN = 4;

  /** How many standard deviations the pods of a service may differ before that is a regression. */
  public static final double PATIENCE = 3.5;

  private static final int FEWEST_GROUPS = 3;

  private final Grid grid;
  private final Tolerance tolerance;
  private final double horizonSeconds;
  private final double margin;
  private final double patience;

  public Placebos(Grid grid, Tolerance tolerance, double horizonSeconds) {
    this(grid, tolerance, horizonSeconds, MARGIN, PATIENCE);
  }

  /** With another margin and patience, to see what they cost. */
  public Placebos(
      Grid grid, Tolerance tolerance, double horizonSeconds, double margin, double patience) {
    this.grid = grid;
    this.tolerance = tolerance;
    this.horizonSeconds = horizonSeconds;
    this.margin = margin;
    this.patience = patience;
  }

  /** The fastest method that finds nothing; without history the one for an unknown service. */
  public Calibration calibrate(Past past) {
    if (past.groups() < FEWEST_GROUPS || past.steps() == 0) {
      return Calibration.NONE;
    }
    double ratio = StrictMath.exp(patience * Dispersion.of(past));
    List<Method> methods =
        Method.FAST_TO_ROBUST.stream()
            .filter(method -> method.seconds() % past.stepSeconds() == 0)
            .toList();
    Calibration last = Calibration.NONE;
    for (Method method : methods) {
      last = tried(past, method, ratio);
      if (last.highest() < margin) {
        return last;
      }
    }
    return last;
  }

  private Calibration tried(Past past, Method method, double ratio) {
    Past steps = past.in(method.seconds());
    Tolerance tolerated = method.of(tolerance.atLeast(ratio));
    double highest = 1;
    for (int group = 0; group < past.groups() && highest < margin; group++) {
      Suspicion suspicion = Suspicion.of(method.factor(), grid, tolerated, horizonSeconds);
      highest = Math.max(highest, new Placebo(steps, group, suspicion).highest(margin));
    }
    return new Calibration(method, ratio, past.groups(), past.hours(), highest);
  }
}

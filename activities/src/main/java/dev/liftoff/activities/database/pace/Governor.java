package dev.liftoff.activities.database.pace;

import dev.liftoff.database.ThrottleSpec;
import dev.liftoff.metrics.Measurement;

/**
 * Decides from each look at the service how fast its database is read until the next one. Pure.
 * What is not measured changes nothing: it is no reason to slow down, and no recovery either.
 */
final class Governor {
  private final double suffering;
  private final long floor;
  private long rate = Pace.OPEN;
  private long full = Pace.OPEN;

  /**
   * @param before the p95 of the service before the backup
   */
  Governor(double before, ThrottleSpec spec) {
    this.suffering = before * spec.above();
    this.floor = spec.floor();
  }

  /**
   * The bytes a second from now on.
   *
   * @param speed at which it was read since the look before
   */
  long next(Measurement p95, long speed) {
    if (p95 instanceof Measurement.Value(double value)) {
      rate = value > suffering ? slower(speed) : faster();
    }
    return rate;
  }

  /** Where nothing was read, it was not the reading that hurt. */
  private long slower(long speed) {
    if (rate == Pace.OPEN) {
      if (speed == 0) {
        return Pace.OPEN;
      }
      full = speed;
    }
    return Math.max(floor, Math.min(rate, full) / 2);
  }

  private long faster() {
    return rate == Pace.OPEN || rate >= full / 2 ? Pace.OPEN : rate * 2;
  }
}

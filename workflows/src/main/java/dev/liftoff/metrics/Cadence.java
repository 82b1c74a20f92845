package dev.liftoff.metrics;

import java.time.Duration;

/**
 * How often the guard looks while all is well; what is not well is looked at by the interval of the
 * metrics. The defaults are the runbook's: 10 s, 30 s, 5 minutes.
 *
 * @param firstHour up to an hour after T+0
 * @param toSixHours from then up to six hours after T+0
 * @param later after that
 */
public record Cadence(Duration firstHour, Duration toSixHours, Duration later) {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration SIX_HOURS = Duration.ofHours(6);

  static Cadence always(Duration interval) {
    return new Cadence(interval, interval, interval);
  }

  /** The pause between two looks, so long after T+0. */
  public Duration at(Duration sinceZero) {
    if (sinceZero.compareTo(HOUR) < 0) {
      return firstHour;
    }
    return sinceZero.compareTo(SIX_HOURS) < 0 ? toSixHours : later;
  }
}

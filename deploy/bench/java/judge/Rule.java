package judge;

import dev.liftoff.activities.judge.Calibration;

/** When to roll back. */
interface Rule {
  /** Seconds between two looks. */
  int every();

  /** Starts to watch one launch. */
  Watch watch(Launch launch);

  /** Whether the first look after a gap sees what the counters counted in it. */
  default boolean readsCounters() {
    return false;
  }

  /**
   * What is known when a launch begins.
   *
   * @param share what the candidate is said to get
   * @param before the ten minutes before
   * @param calibrations of this rule for a day of the same service, one for each question; empty for rules that do not calibrate
   */
  record Launch(double share, Sample before, Calibration[] calibrations) {}

  /** One launch under this rule. */
  interface Watch {
    /** Takes the counts since the last look; true rolls back. */
    boolean see(Sample sample);
  }
}

package dev.liftoff.activities.judge;

/**
 * What groups of baseline pods did before the launch, in steps of equal length.
 *
 * @param stepSeconds length of one step
 * @param requests by group, then by step
 * @param bad as requests
 */
@SuppressWarnings("ArrayRecordComponent") // Millions of numbers; nobody compares two of them.
public record Past(int stepSeconds, int[][] requests, int[][] bad) {
  public Past {
    if (stepSeconds < 1 || requests.length != bad.length) {
      throw new IllegalArgumentException(
          "%d groups with requests, %d with bad ones, in steps of %d s"
              .formatted(requests.length, bad.length, stepSeconds));
    }
  }

  public int groups() {
    return requests.length;
  }

  public int steps() {
    return requests.length == 0 ? 0 : requests[0].length;
  }

  public double hours() {
    return (double) groups() * steps() * stepSeconds / 3600;
  }

  /** The same in longer steps; what does not fill the last step is left out. */
  public Past in(int seconds) {
    int together = seconds / stepSeconds;
    return together == 1
        ? this
        : new Past(seconds, added(requests, together), added(bad, together));
  }

  private static int[][] added(int[][] counts, int together) {
    int[][] sums = new int[counts.length][counts.length == 0 ? 0 : counts[0].length / together];
    for (int group = 0; group < counts.length; group++) {
      for (int step = 0; step < sums[group].length * together; step++) {
        sums[group][step / together] += counts[group][step];
      }
    }
    return sums;
  }
}

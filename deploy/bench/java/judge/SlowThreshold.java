package judge;

import java.util.ArrayDeque;
import java.util.Deque;

/** P95 of five minutes above a limit, above the baseline by seconds, or above a multiple of it, for two minutes. */
record SlowThreshold(double limit, double above, double times) implements Rule {
  private static final int LOOKS = 10;

  @Override
  public int every() {
    return 30;
  }

  @Override
  public Watch watch(Launch launch) {
    Deque<double[][]> looks = new ArrayDeque<>();
    int[] broken = {-1};
    return sample -> {
      looks.add(counts(sample));
      if (looks.size() > LOOKS) {
        looks.remove();
      }
      double ours = p95(looks, 0);
      double theirs = p95(looks, 1);
      boolean now = ours > limit || ours > theirs + above || ours > theirs * times;
      broken[0] = now ? broken[0] + 1 : -1;
      return now && broken[0] * every() >= 120;
    };
  }

  private static double[][] counts(Sample sample) {
    double[][] counts = new double[2][sample.bad.length + 1];
    if (!sample.missing) {
      for (int bucket = 0; bucket < sample.bad.length; bucket++) {
        counts[0][bucket] = sample.bad[bucket][0];
        counts[1][bucket] = sample.stableBad(bucket);
      }
      counts[0][sample.bad.length] = sample.requests[0];
      counts[1][sample.bad.length] = sample.stable();
    }
    return counts;
  }

  private static double p95(Deque<double[][]> looks, int side) {
    double[] sums = new double[looks.getFirst()[side].length];
    for (double[][] look : looks) {
      for (int i = 0; i < sums.length; i++) {
        sums[i] += look[side][i];
      }
    }
    return Quantile.p95(sums[sums.length - 1], sums);
  }
}

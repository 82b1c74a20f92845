package judge;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;

/**
 * Kayenta's Mann-Whitney judge on one value a minute: high when the 98 % interval of the shift lies above a quarter of its estimate.
 *
 * @param minutes how many minutes are compared; 0 for all since the start
 */
record Kayenta(int minutes, int judgedEveryMinutes, boolean wholeBaseline, ToDoubleFunction<Sample> candidate, ToDoubleFunction<Sample> baseline)
    implements Rule {
  private static final double CONFIDENT = 2.326;
  private static final double TOLERANCE = 0.25;

  static Kayenta errors(int minutes, int judgedEveryMinutes, boolean wholeBaseline) {
    return new Kayenta(
        minutes,
        judgedEveryMinutes,
        wholeBaseline,
        sample -> share(sample.bad[0][0], sample.requests[0]),
        wholeBaseline
            ? sample -> share(sample.stableBad(0), sample.stable())
            : sample -> share(sample.bad[0][1], sample.requests[1]));
  }

  @Override
  public int every() {
    return 60;
  }

  @Override
  public Watch watch(Launch launch) {
    Sorted ours = new Sorted(minutes);
    Sorted theirs = new Sorted(minutes);
    int[] minute = new int[1];
    return sample -> {
      minute[0]++;
      if (!sample.missing) {
        ours.add(candidate.applyAsDouble(sample));
        theirs.add(baseline.applyAsDouble(sample));
      }
      return minute[0] % judgedEveryMinutes == 0 && high(ours.values(), theirs.values());
    };
  }

  /** In percent: the judge's root finder is not indifferent to the unit. */
  private static double share(double bad, double requests) {
    return requests == 0 ? Double.NaN : 100 * bad / requests;
  }

  static boolean high(double[] ours, double[] theirs) {
    if (ours.length == 0 || theirs.length == 0 || score(ours, theirs, 0) <= CONFIDENT) {
      return false;
    }
    return score(ours, theirs, TOLERANCE * shift(ours, theirs)) > CONFIDENT;
  }

  private static double shift(double[] ours, double[] theirs) {
    double low = 0;
    double high = Math.max(ours[ours.length - 1] - theirs[0], 1e-9);
    for (int step = 0; step < 30; step++) {
      double middle = (low + high) / 2;
      if (score(ours, theirs, middle) > 0) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static double score(double[] ours, double[] theirs, double shift) {
    double above = 0;
    int less = 0;
    int notMore = 0;
    for (double our : ours) {
      while (less < theirs.length && theirs[less] < our - shift) {
        less++;
      }
      notMore = Math.max(notMore, less);
      while (notMore < theirs.length && theirs[notMore] <= our - shift) {
        notMore++;
      }
      above += less + 0.5 * (notMore - less);
    }
    double pairs = (double) ours.length * theirs.length;
    double distance = above - pairs / 2;
    double deviation = Math.sqrt(pairs * (ours.length + theirs.length + 1) / 12);
    return (distance - 0.5 * Math.signum(distance)) / deviation;
  }

  /** Values in order, all or the last so many. */
  private static final class Sorted {
    private final double[] ring;
    private double[] sorted = new double[64];
    private int size;
    private int seen;

    Sorted(int last) {
      ring = new double[last];
    }

    void add(double value) {
      if (Double.isNaN(value)) {
        return;
      }
      if (ring.length > 0) {
        if (seen >= ring.length) {
          remove(ring[seen % ring.length]);
        }
        ring[seen++ % ring.length] = value;
      }
      if (size == sorted.length) {
        sorted = Arrays.copyOf(sorted, 2 * size);
      }
      int at = place(value);
      System.arraycopy(sorted, at, sorted, at + 1, size - at);
      sorted[at] = value;
      size++;
    }

    double[] values() {
      return Arrays.copyOf(sorted, size);
    }

    private void remove(double value) {
      int at = place(value);
      System.arraycopy(sorted, at + 1, sorted, at, size - at - 1);
      size--;
    }

    private int place(double value) {
      int at = Arrays.binarySearch(sorted, 0, size, value);
      return at < 0 ? -at - 1 : at;
    }
  }
}

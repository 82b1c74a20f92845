/** Latencies in microseconds, in buckets at most 1.6 % wide. */
final class Histogram {
  private static final int SUB_BITS = 6;
  private static final int SUB = 1 << SUB_BITS;

  private final long[] counts = new long[SUB * 40];
  private long total;
  private long max;

  void record(long micros) {
    long value = Math.max(0, micros);
    counts[index(value)]++;
    total++;
    max = Math.max(max, value);
  }

  private static int index(long value) {
    if (value < SUB) {
      return (int) value;
    }
    int shift = 63 - Long.numberOfLeadingZeros(value) - SUB_BITS;
    return (shift + 1) * SUB + (int) ((value >>> shift) - SUB);
  }

  /** Milliseconds below which this share of all latencies lies. */
  double percentile(double share) {
    long wanted = (long) Math.ceil(total * share);
    long seen = 0;
    for (int i = 0; i < counts.length && total > 0; i++) {
      seen += counts[i];
      if (seen >= wanted) {
        return Math.min(max, upper(i)) / 1000.0;
      }
    }
    return 0;
  }

  private static long upper(int index) {
    int shift = index / SUB - 1;
    return shift < 0 ? index : (((long) index % SUB + SUB + 1) << shift) - 1;
  }

  double max() {
    return max / 1000.0;
  }
}

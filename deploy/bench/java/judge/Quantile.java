package judge;

/** P95 from buckets as Prometheus' histogram_quantile finds it. */
final class Quantile {
  private Quantile() {}

  static double p95(double requests, double[] slower) {
    if (requests == 0) {
      return Double.NaN;
    }
    double wanted = 0.05 * requests;
    double below = 0;
    double before = requests;
    for (int bucket = 0; bucket < SlowFleet.BOUNDARIES.length; bucket++) {
      if (slower[bucket] <= wanted) {
        double part = before == slower[bucket] ? 0 : (before - wanted) / (before - slower[bucket]);
        return below + (SlowFleet.BOUNDARIES[bucket] - below) * part;
      }
      below = SlowFleet.BOUNDARIES[bucket];
      before = slower[bucket];
    }
    return below;
  }

  static double candidate(Sample sample) {
    return of(sample, 0, 1);
  }

  static double equalBaseline(Sample sample) {
    return of(sample, 1, 2);
  }

  private static double of(Sample sample, int from, int until) {
    double requests = 0;
    double[] slower = new double[sample.bad.length];
    for (int arm = from; arm < until; arm++) {
      requests += sample.requests[arm];
      for (int bucket = 0; bucket < slower.length; bucket++) {
        slower[bucket] += sample.bad[bucket][arm];
      }
    }
    return p95(requests, slower);
  }
}

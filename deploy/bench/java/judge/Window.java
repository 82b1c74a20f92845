package judge;

/** The last so many looks of candidate and baseline. */
final class Window {
  private final double[][] ring;
  private final double[] sums = new double[4];
  private int next;

  Window(int looks) {
    ring = new double[looks][4];
  }

  void add(Sample sample) {
    add(sample, 0);
  }

  void add(Sample sample, int question) {
    double[] slot = ring[next];
    double[] now =
        sample.missing
            ? new double[4]
            : new double[] {sample.requests[0], sample.bad[question][0], sample.stable(), sample.stableBad(question)};
    for (int i = 0; i < 4; i++) {
      sums[i] += now[i] - slot[i];
      slot[i] = now[i];
    }
    next = (next + 1) % ring.length;
  }

  /** NaN without requests, as in PromQL. */
  double candidate() {
    return sums[1] / sums[0];
  }

  double stable() {
    return sums[3] / sums[2];
  }
}

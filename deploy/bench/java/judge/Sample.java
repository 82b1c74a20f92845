package judge;

/** What all counters say about some seconds: the candidate is arm 0, nine groups of baseline pods are the others. */
final class Sample {
  static final int ARMS = 10;

  int seconds;
  boolean missing;
  final int[] requests = new int[ARMS];

  /** Bad requests by question, then by arm. One question for errors; for latency one for each bucket boundary. */
  final int[][] bad;

  Sample(int questions) {
    bad = new int[questions][ARMS];
  }

  int stable() {
    return sum(requests);
  }

  int stableBad(int question) {
    return sum(bad[question]);
  }

  void add(Sample more) {
    seconds += more.seconds;
    missing |= more.missing;
    for (int arm = 0; arm < ARMS; arm++) {
      requests[arm] += more.requests[arm];
    }
    for (int question = 0; question < bad.length; question++) {
      for (int arm = 0; arm < ARMS; arm++) {
        bad[question][arm] += more.bad[question][arm];
      }
    }
  }

  void clear() {
    seconds = 0;
    missing = false;
    java.util.Arrays.fill(requests, 0);
    for (int[] question : bad) {
      java.util.Arrays.fill(question, 0);
    }
  }

  private static int sum(int[] arms) {
    int sum = 0;
    for (int arm = 1; arm < ARMS; arm++) {
      sum += arms[arm];
    }
    return sum;
  }
}

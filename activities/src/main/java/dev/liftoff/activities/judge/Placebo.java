package dev.liftoff.activities.judge;

/** A group of baseline pods in the role of the candidate: whatever is found against it is false. */
final class Placebo {
  private final Past past;
  private final int group;
  private final Suspicion suspicion;
  private final Tally tally = new Tally();
  private Reference reference;

  Placebo(Past past, int group, Suspicion suspicion) {
    this.past = past;
    this.group = group;
    this.suspicion = suspicion;
    this.tally.groups = new double[past.groups()];
    this.tally.seconds = past.stepSeconds();
    this.reference = new Reference(0, 0);
  }

  /** The most evidence there ever was, or the first above {@code enough}. */
  double highest(double enough) {
    int learning = Math.min(past.steps(), Math.max(1, 600 / past.stepSeconds()));
    for (int step = 0; step < learning; step++) {
      fill(step);
      reference.learn(tally);
    }
    double highest = 1;
    for (int step = learning; step < past.steps() && highest < enough; step++) {
      fill(step);
      suspicion.see(tally, reference.rate());
      reference.learn(tally);
      highest = Math.max(highest, suspicion.value());
    }
    return highest;
  }

  private void fill(int step) {
    tally.requests = past.requests()[group][step];
    tally.bad = past.bad()[group][step];
    tally.baselineRequests = 0;
    tally.baselineBad = 0;
    tally.fair = 0;
    double before = step == 0 ? 0 : past.requests()[group][step - 1];
    tally.expected = before;
    for (int other = 0; other < past.groups(); other++) {
      if (other != group) {
        add(other, step, before);
      }
    }
  }

  private void add(int other, int step, double before) {
    tally.baselineRequests += past.requests()[other][step];
    tally.baselineBad += past.bad()[other][step];
    if (step > 0 && Exposure.equal(past.requests()[other][step - 1], before)) {
      tally.groups[tally.fair++] = past.bad()[other][step];
    }
  }
}

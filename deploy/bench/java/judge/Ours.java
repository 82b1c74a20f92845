package judge;

import dev.liftoff.activities.judge.Calibration;
import dev.liftoff.activities.judge.Exposure;
import dev.liftoff.activities.judge.Grid;
import dev.liftoff.activities.judge.Method;
import dev.liftoff.activities.judge.Reference;
import dev.liftoff.activities.judge.Suspicion;
import dev.liftoff.activities.judge.Tally;
import dev.liftoff.activities.judge.Tolerance;

/** One question of Liftoff's judge: the product's own classes, fed with samples. */
final class Ours {
  private static final double HORIZON = 48 * 3600;

  private final int question;
  private final int seconds;
  private final Suspicion suspicion;
  private final Reference reference;
  private final Sample pending;
  private final Tally tally = new Tally();
  private final int[] served = new int[Sample.ARMS];
  private int servedSeconds;

  Ours(int question, Calibration calibration, Grid grid, Tolerance tolerance, Sample before) {
    Method method = calibration.method();
    this.question = question;
    this.seconds = method.seconds();
    this.suspicion =
        Suspicion.of(method.factor(), grid, method.of(tolerance.atLeast(calibration.ratio())), HORIZON);
    this.reference = new Reference(before.stableBad(question), before.stable());
    this.pending = new Sample(before.bad.length);
    this.tally.groups = new double[Sample.ARMS - 1];
  }

  /** The evidence after this sample. */
  double see(Sample sample) {
    pending.add(sample);
    if (pending.seconds >= seconds) {
      fill();
      suspicion.see(tally, reference.rate());
      reference.learn(tally);
      System.arraycopy(pending.requests, 0, served, 0, Sample.ARMS);
      servedSeconds = pending.seconds;
      pending.clear();
    }
    return suspicion.value();
  }

  private void fill() {
    tally.seconds = pending.seconds;
    tally.requests = pending.requests[0];
    tally.bad = pending.bad[question][0];
    tally.baselineRequests = pending.stable();
    tally.baselineBad = pending.stableBad(question);
    tally.expected = servedSeconds == 0 ? 0 : (double) served[0] * pending.seconds / servedSeconds;
    tally.fair = 0;
    for (int arm = 1; arm < Sample.ARMS; arm++) {
      if (Exposure.equal(served[arm], served[0])) {
        tally.groups[tally.fair++] = pending.bad[question][arm];
      }
    }
  }
}

package judge;

import dev.liftoff.activities.judge.Calibration;
import dev.liftoff.activities.judge.Factor;
import dev.liftoff.activities.judge.Method;

/** Liftoff's test with one method for every service. */
record Fixed(Factor factor, int seconds) implements Rule {
  @Override
  public int every() {
    return Fleet.STEP;
  }

  @Override
  public boolean readsCounters() {
    return true;
  }

  @Override
  public Watch watch(Launch launch) {
    return Auto.watch(launch, _ -> new Calibration(new Method(factor, seconds, false), 1, 0, 0, 1), 1);
  }
}

package judge;

/** Numbers that wander around zero: each pod its own, with a part that stays. */
final class Drift {
  private final Dice dice;
  private final double deviation;
  private final double kept;
  private final double[] fixed;
  private final double[] wandering;

  Drift(Dice dice, int pods, double deviation, double memorySeconds, double fixedDeviation, double everySeconds) {
    this.dice = dice;
    this.deviation = deviation;
    this.kept = Math.exp(-everySeconds / memorySeconds);
    this.fixed = new double[pods];
    this.wandering = new double[pods];
    for (int pod = 0; pod < pods; pod++) {
      fixed[pod] = fixedDeviation * dice.normal();
      wandering[pod] = deviation * dice.normal();
    }
  }

  void pass() {
    double fresh = deviation * Math.sqrt(1 - kept * kept);
    for (int pod = 0; pod < wandering.length; pod++) {
      wandering[pod] = kept * wandering[pod] + fresh * dice.normal();
    }
  }

  double of(int pod) {
    return fixed[pod] + wandering[pod];
  }
}

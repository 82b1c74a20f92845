package dev.liftoff.activities.judge;

import java.util.Arrays;
import java.util.List;

/**
 * Evidence against a claim, gathered without knowing when the claim stopped being true; judge.md
 * 3.2. While it is true, the chance to ever see {@code 1/alpha} or more is at most {@code alpha},
 * however often one looks.
 */
public final class Evidence {
  /** Half on the first batch, half spread over the horizon. */
  private static final double AT_ONCE = 0.5;

  // Keeps the sums finite; cutting evidence down never makes a false alarm.
  private static final double MOST = 1e15;

  private final double[] sums;
  private final double horizon;
  private final double most;
  private double spent;

  Evidence(int alternatives, double horizonSeconds) {
    this(new double[alternatives], 0, horizonSeconds, MOST);
  }

  private Evidence(double[] sums, double spent, double horizon, double most) {
    this.sums = sums;
    this.spent = spent;
    this.horizon = horizon;
    this.most = most;
  }

  /** Everything on the first batch: for a claim about the whole time. */
  static Evidence aboutAll(int alternatives, double most) {
    return new Evidence(new double[alternatives], 0, Double.NaN, most);
  }

  Evidence resumedFrom(State state) {
    double[] copy = state.sums().stream().mapToDouble(Double::doubleValue).toArray();
    if (copy.length != sums.length) {
      // The settings changed under the launch: what was gathered belongs to another question.
      return this;
    }
    return new Evidence(copy, state.spent(), horizon, most);
  }

  /** Takes the factor of one batch for each alternative. */
  void multiply(double[] factors, double seconds) {
    double weight = weight(seconds);
    for (int j = 0; j < sums.length; j++) {
      sums[j] = Math.min(most, (sums[j] + weight) * factors[j]);
    }
    spent += weight;
  }

  public double value() {
    double sum = 0;
    for (double part : sums) {
      sum += part;
    }
    return sum / sums.length + (1 - spent);
  }

  State state() {
    return new State(Arrays.stream(sums).boxed().toList(), spent);
  }

  private double weight(double seconds) {
    if (Double.isNaN(horizon)) {
      return spent == 0 ? 1 : 0;
    }
    return spent == 0 ? AT_ONCE : Math.min(AT_ONCE * seconds / horizon, 1 - spent);
  }

  /**
   * What must be remembered to go on to the bit.
   *
   * @param sums one for each alternative
   * @param spent the part of the prior that has been bet
   */
  public record State(List<Double> sums, double spent) {
    public static final State EMPTY = new State(List.of(), 0);

    public State {
      sums = List.copyOf(sums);
    }

    /** As large as the evidence itself; 1 before the first batch. */
    double value() {
      double sum = 0;
      for (double part : sums) {
        sum += part;
      }
      return sums.isEmpty() ? 1 : sum / sums.size() + (1 - spent);
    }
  }
}

package dev.liftoff.traffic;

import java.time.Duration;
import java.util.List;

/**
 * How traffic moves: each step raises the candidate's weight and soaks. One step of 100 % is all at
 * once.
 *
 * @param steps rising weights, the last one 100 %
 * @param drainLimit how long a slot may take to have no request in flight
 * @param noDataLimit how long a soak may go without data before the launch rolls back; until then
 *     it holds
 */
public record Ramp(List<Step> steps, Duration drainLimit, Duration noDataLimit) {
  public Ramp {
    steps = List.copyOf(steps);
  }

  public List<Weight> weights() {
    return steps.stream().map(Step::weight).toList();
  }

  /**
   * One increase of the weight, and how long it is watched.
   *
   * @param soak shortest time at this weight; it ends with a verdict of pass, or goes on
   */
  public record Step(Weight weight, Duration soak) {}
}

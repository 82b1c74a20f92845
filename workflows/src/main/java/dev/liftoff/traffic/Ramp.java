package dev.liftoff.traffic;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How traffic moves: each step raises the candidate's weight and soaks. One step of 100 % is all at
 * once.
 *
 * @param steps rising weights, the last one 100 %
 * @param drainLimit how long a slot may take to have no request in flight
 * @param noDataLimit how long a soak may go without data before the launch rolls back; until then
 *     it holds
 * @param requests the counter by which a step's requests are counted, a {@link
 *     dev.liftoff.metrics.SlotSelector}; null for the judge's
 */
public record Ramp(
    List<Step> steps, Duration drainLimit, Duration noDataLimit, @Nullable String requests) {
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
   * @param minimumSamples requests that the candidate must have served at this weight, counted and
   *     not estimated; 0 to count none
   * @param maximumSoak how long it may take to pass before a human is asked, measured from its
   *     start; null for as long after the soak as the judge may take, and two hours without a judge
   */
  public record Step(
      Weight weight, Duration soak, long minimumSamples, @Nullable Duration maximumSoak) {

    /** Whatever the number of requests, and as long as the judge may take. */
    public Step(Weight weight, Duration soak) {
      this(weight, soak, 0, null);
    }
  }
}

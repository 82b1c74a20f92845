package dev.liftoff.traffic;

import dev.liftoff.Milestone;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How traffic moves: each step raises the candidate's weight and soaks. One step of 100 % is all at
 * once.
 *
 * @param steps rising weights, the last one 100 %
 * @param drainLimit how long a slot may take to have no request in flight
 * @param noDataLimit how long a soak may go without data before the launch rolls back; until then
 *     it holds
 * @param control what stays on the old version after the last step; null for nothing
 * @param requests the counter by which a step's requests are counted, a {@link
 *     dev.liftoff.metrics.SlotSelector}; null for the judge's
 */
public record Ramp(
    List<Step> steps,
    Duration drainLimit,
    Duration noDataLimit,
    @Nullable String requests,
    @Nullable Control control) {
  public Ramp {
    steps = List.copyOf(steps);
  }

  /** The same in other steps. */
  public Ramp stepping(List<Step> others) {
    return new Ramp(others, drainLimit, noDataLimit, requests, control);
  }

  /** Every weight that the candidate will have. */
  public List<Weight> weights() {
    Stream<Weight> weights = steps.stream().map(Step::weight);
    return (control == null ? weights : Stream.concat(weights, Stream.of(control.left())))
        .sorted()
        .toList();
  }

  /**
   * A part of the traffic that stays on the old version, so that a shared trouble can be told from
   * the candidate's: without anybody to compare with, nothing can be attributed; judge.md 3.8.
   *
   * @param weight of the old version
   * @param until the milestone after which the rest moves too
   */
  public record Control(Weight weight, Milestone until) {

    /** What the candidate has meanwhile. */
    public Weight left() {
      return weight.rest();
    }
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

    /** The same at another weight. */
    public Step at(Weight other) {
      return new Step(other, soak, minimumSamples, maximumSoak);
    }

    /** Whatever the number of requests, and as long as the judge may take. */
    public Step(Weight weight, Duration soak) {
      this(weight, soak, 0, null);
    }
  }
}

package judge;

import dev.liftoff.activities.judge.Boundaries;
import dev.liftoff.activities.judge.Grid;
import dev.liftoff.activities.judge.Tolerance;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** What is compared: errors, or requests slower than a bucket boundary. */
enum Kind {
  ERRORS(Grid.ERRORS, Tolerance.ERRORS),
  LATENCY(Grid.LATENCY, Tolerance.SLOW);

  final Grid grid;
  final Tolerance tolerance;

  Kind(Grid grid, Tolerance tolerance) {
    this.grid = grid;
    this.tolerance = tolerance;
  }

  static Kind of(Sample sample) {
    return sample.bad.length == 1 ? ERRORS : LATENCY;
  }

  /** Which questions are asked, fixed by the ten minutes before. */
  int[] questions(Sample before) {
    if (this == ERRORS) {
      return new int[1];
    }
    Map<Double, Long> faster = new TreeMap<>();
    for (int bucket = 0; bucket < SlowFleet.BOUNDARIES.length; bucket++) {
      faster.put(SlowFleet.BOUNDARIES[bucket], (long) before.stable() - before.stableBad(bucket));
    }
    var chosen = Boundaries.from(faster, before.stable());
    return IntStream.range(0, SlowFleet.BOUNDARIES.length).filter(bucket -> chosen.contains(SlowFleet.BOUNDARIES[bucket])).toArray();
  }
}

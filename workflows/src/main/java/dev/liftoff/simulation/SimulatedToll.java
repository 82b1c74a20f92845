package dev.liftoff.simulation;

import dev.liftoff.container.Slot;
import dev.liftoff.metrics.Toll;
import dev.liftoff.traffic.Weight;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Counters of both slots: between two readings each had the weight that it has at the second. */
final class SimulatedToll {
  private static final double PER_SECOND_AT_FULL_WEIGHT = 200;

  private final Function<Slot, Weight> weights;
  private final InstantSource clock;
  private final ToDoubleFunction<Slot> failing;
  private final Map<Slot, Toll.Counter> counters = new TreeMap<>();
  private @Nullable Instant read;

  SimulatedToll(
      Function<Slot, Weight> weights, InstantSource clock, ToDoubleFunction<Slot> failing) {
    this.weights = weights;
    this.clock = clock;
    this.failing = failing;
  }

  Toll after(Slot slot, @Nullable Toll before, boolean whole) {
    Instant now = clock.instant();
    for (Slot each : Slot.values()) {
      counters.merge(each, since(each, now), Toll.Counter::plus);
    }
    read = now;
    Map<String, Toll.Counter> target =
        Map.of(slot.word(), counters.getOrDefault(slot, new Toll.Counter(0, 0)));
    return before == null ? Toll.from(now, target, whole) : before.at(now, target);
  }

  private Toll.Counter since(Slot slot, Instant now) {
    double seconds = read == null ? 0 : Duration.between(read, now).toMillis() / 1000.0;
    int percent = weights.apply(slot).percent();
    long requests = Math.round(PER_SECOND_AT_FULL_WEIGHT * percent / 100 * seconds);
    return new Toll.Counter(requests, Math.round(requests * failing.applyAsDouble(slot)));
  }
}

package dev.liftoff.activities.metrics;

import dev.liftoff.container.Slot;
import dev.liftoff.metrics.JudgeSpec;
import dev.liftoff.metrics.Verdict;
import dev.liftoff.simulation.SimulatedMetrics;
import java.time.Duration;
import java.time.Instant;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The real judge over the counters of a simulated service. */
public final class CountedComparison implements SimulatedMetrics.Comparison {
  private static final JudgeSpec SPEC =
      ShopCounters.spec(JudgeSpec.Vote.ERROR, Duration.ofSeconds(10), Duration.ofMinutes(1));

  private final ShopCounters shop = new ShopCounters();
  private final ToDoubleFunction<Slot> perSecond;
  private final ToDoubleBiFunction<Slot, Instant> failing;
  private CounterWatch watch = ShopCounters.watch(SPEC);
  private @Nullable Instant seen;

  /**
   * @param perSecond requests of a slot per second
   * @param failing which share of them fails
   */
  public CountedComparison(
      ToDoubleFunction<Slot> perSecond, ToDoubleBiFunction<Slot, Instant> failing) {
    this.perSecond = perSecond;
    this.failing = failing;
  }

  @Override
  public Verdict at(Instant now) {
    if (!now.equals(seen)) {
      double seconds = seen == null ? 1 : Duration.between(seen, now).toSeconds();
      for (Slot slot : Slot.values()) {
        double requests = perSecond.applyAsDouble(slot) * seconds;
        shop.serve(
            slot, Math.round(requests), Math.round(requests * failing.applyAsDouble(slot, now)));
      }
      watch = shop.scrape(now).apply(watch);
      seen = now;
    }
    return watch.verdict();
  }
}

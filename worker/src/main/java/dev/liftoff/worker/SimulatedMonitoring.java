package dev.liftoff.worker;

import dev.liftoff.LaunchId;
import dev.liftoff.activities.Heartbeat;
import dev.liftoff.container.Slot;
import dev.liftoff.metrics.Metrics;
import dev.liftoff.simulation.SimulatedMetrics;
import dev.liftoff.traffic.Traffic;
import dev.liftoff.traffic.Weight;
import io.temporal.activity.Activity;
import java.time.Duration;
import java.time.InstantSource;

/** Simulated metrics in a worker: the time is real, and who watches beats. */
record SimulatedMonitoring(Traffic traffic, Heartbeat heartbeat) {
  private static final LaunchId ANY = new LaunchId("simulated", "simulated", "any", "any");
  private static final Duration BEAT_EVERY = Duration.ofSeconds(1);

  Metrics metrics() {
    return new SimulatedMetrics(this::weight, InstantSource.system(), this::pass);
  }

  private Weight weight(Slot slot) {
    return traffic.read(ANY).weight(slot);
  }

  private void pass(Duration time) {
    Duration left = time;
    while (left.isPositive()) {
      heartbeat.beat(null);
      Duration nap = left.compareTo(BEAT_EVERY) < 0 ? left : BEAT_EVERY;
      sleep(nap);
      left = left.minus(nap);
    }
  }

  private static void sleep(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw Activity.wrap(stopped);
    }
  }
}

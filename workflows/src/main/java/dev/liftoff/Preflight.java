package dev.liftoff;

import dev.liftoff.container.Endpoint;
import dev.liftoff.container.Slot;
import dev.liftoff.control.Controls;
import dev.liftoff.metrics.Reading;
import dev.liftoff.traffic.Weight;
import dev.liftoff.traffic.Weights;
import dev.liftoff.watch.Readings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds out what serves, what is free, and whether anybody could see a change for the worse. */
final class Preflight {
  private final Controls controls;
  private final LaunchId id;

  Preflight(Controls controls) {
    this.controls = controls;
    id = controls.id();
  }

  Survey survey() {
    Weights weights = controls.go().traffic("Read the weights").read(id);
    Slot serving = serving(weights);
    requireSupported();
    List<Endpoint> running =
        controls.go().containers("Find what runs").running(id, controls.plan().container());
    Endpoint candidate = Endpoint.in(serving.other(), id, controls.plan().container());
    refuseOccupied(running, candidate.slot());
    @Nullable Endpoint baseline =
        running.stream().filter(endpoint -> endpoint.slot() == serving).findFirst().orElse(null);
    controls
        .board()
        .baseline(baseline == null ? null : baseline.version(), candidate.slot(), weights);
    controls.step(
        baseline == null
            ? "first launch: nothing serves yet"
            : baseline.version() + " serves on " + serving);
    List<Reading> before = measured(baseline);
    return new Survey(
        baseline, serving, candidate, before, new Calibrator(controls).calibrate(baseline));
  }

  private static Slot serving(Weights weights) {
    return weights
        .serving()
        .orElseThrow(() ->
            Halt.rollback(
                "traffic is split, blue %s and green %s: end that first"
                    .formatted(weights.blue(), weights.green())));
  }

  private void requireSupported() {
    List<Weight> weights = controls.plan().traffic().weights();
    controls.board().traffic.asking(weights);
    List<String> unsupported =
        controls.go().traffic("Can the proxy serve the ramp").unsupported(id, weights);
    if (!unsupported.isEmpty()) {
      throw Halt.rollback(String.join("; ", unsupported));
    }
  }

  private static void refuseOccupied(List<Endpoint> running, Slot slot) {
    for (Endpoint other : running) {
      if (other.slot() == slot) {
        throw Halt.rollback(
            "slot %s is taken by %s with version %s: stop and remove it first"
                .formatted(slot, other.container(), other.version()));
      }
    }
  }

  private List<Reading> measured(@Nullable Endpoint baseline) {
    if (baseline == null) {
      return List.of();
    }
    List<Reading> readings =
        controls
            .go()
            .metrics("Read the baseline's metrics")
            .read(id, controls.plan().metrics(), baseline.slot());
    if (readings.stream().allMatch(reading -> reading.state() == Reading.State.NO_DATA)) {
      throw Halt.rollback(
          "monitoring has no data of the running version: what is not measured is never green");
    }
    controls.step("baseline: " + Readings.line(readings));
    return readings;
  }
}

package dev.liftoff.simulation;

import dev.liftoff.container.Endpoint;
import dev.liftoff.container.Slot;
import dev.liftoff.probe.Check;
import dev.liftoff.probe.Probe;
import dev.liftoff.probe.ProbeContract;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

class SimulatedProbeTest extends ProbeContract {
  private final SimulatedProbe probe = new SimulatedProbe().failing("wrong").blind("unanswered");

  @Override
  protected Probe probe() {
    return probe;
  }

  @Override
  protected Endpoint candidate() {
    return new Endpoint(Slot.GREEN, "shop-test-green", "2.0.0", URI.create("http://127.0.0.1:1"));
  }

  @Override
  protected Check right(int number) {
    return new Check.Disk("right " + number, "/", 1);
  }

  @Override
  protected Check wrong() {
    return new Check.Disk("wrong", "/", 1);
  }

  @Override
  protected Check unanswered() {
    return new Check.Disk("unanswered", "/", 1);
  }

  @Override
  protected Check ofTheCandidate() {
    return new Check.Http(
        "liveness",
        "GET",
        "{candidate}/health/live",
        Map.of(),
        null,
        200,
        Map.of(),
        Duration.ofSeconds(1));
  }
}

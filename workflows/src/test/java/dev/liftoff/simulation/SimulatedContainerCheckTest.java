package dev.liftoff.simulation;

import dev.liftoff.container.Image;
import dev.liftoff.probe.Check;
import dev.liftoff.probe.ContainerCheckContract;
import dev.liftoff.probe.Probe;
import java.time.Duration;
import java.util.List;
import java.util.Map;

class SimulatedContainerCheckTest extends ContainerCheckContract {
  private final SimulatedProbe probe = new SimulatedProbe().failing("failing").blind("impossible");

  @Override
  protected Probe probe() {
    return probe;
  }

  @Override
  protected Check.Container succeeding() {
    return check("succeeding");
  }

  @Override
  protected Check.Container failing() {
    return check("failing");
  }

  @Override
  protected Check.Container impossible() {
    return check("impossible");
  }

  @Override
  protected boolean isLeft(Check.Container check) {
    return false;
  }

  private static Check.Container check(String name) {
    return new Check.Container(
        name,
        null,
        List.of("/e2e"),
        Map.of(),
        Duration.ofMinutes(1),
        new Check.Place(new Image("shop:v2", "sha256:1"), "shop"));
  }
}

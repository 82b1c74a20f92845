package dev.liftoff.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.liftoff.container.ContainerSpec;
import dev.liftoff.container.Containers;
import dev.liftoff.container.ContainersContract;
import dev.liftoff.container.Endpoint;
import dev.liftoff.container.Slot;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SimulatedContainersTest extends ContainersContract {
  private final SimulatedContainers containers = new SimulatedContainers();

  @Test
  void aLostReplyDoesNotStartTwice() {
    containers.losingReplies(1);
    assertThatThrownBy(
            () -> containers.start(FIRST, Slot.GREEN, SimulatedImage.of(image()), spec()))
        .hasMessageContaining("reply was lost");

    Endpoint green = start(FIRST, Slot.GREEN);

    assertThat(containers.running(FIRST, spec())).containsExactly(green);
  }

  @Test
  void itSaysWhatItIs() {
    assertThat(containers).hasToString("simulated container engine");
  }

  @Override
  protected Containers containers() {
    return containers;
  }

  @Override
  protected ContainerSpec spec() {
    return new ContainerSpec(
        8080,
        "simulated",
        Map.of(Slot.BLUE, "192.0.2.11", Slot.GREEN, "192.0.2.12"),
        Map.of(),
        Map.of(),
        0,
        0,
        List.of(),
        "/health/ready",
        Duration.ofSeconds(5),
        DRAIN,
        List.of("ERROR"));
  }

  @Override
  protected String image() {
    return "shop:v2";
  }

  @Override
  protected String absentImage() {
    containers.withoutImage("shop:absent");
    return "shop:absent";
  }

  @Override
  protected ContainerSpec exitingWith(String lastWords) {
    containers.failingToStart(lastWords);
    return spec();
  }

  @Override
  protected ContainerSpec logging(String line) {
    containers.logging(line);
    return spec();
  }

  @Override
  protected ContainerSpec ignoringSigterm() {
    containers.ignoringSigterm();
    return spec();
  }

  @Override
  protected void givenForeign(String container) {
    containers.withForeign(container);
  }

  @Override
  protected boolean answers(Endpoint endpoint) {
    return containers.answers(endpoint);
  }

  @Override
  protected boolean exists(String container) {
    return containers.exists(container);
  }
}

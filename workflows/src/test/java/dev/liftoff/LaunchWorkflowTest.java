package dev.liftoff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.liftoff.container.Slot;
import dev.liftoff.plan.PlanDocument;
import dev.liftoff.traffic.Weight;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LaunchWorkflowTest {
  private final LaunchPad pad = new LaunchPad();

  @AfterEach
  void close() {
    pad.close();
  }

  @Test
  void aLaunchWithoutTroubleEndsWithTheNewVersionAsBaseline() {
    Outcome outcome = pad.launch(new PlanDocument(Plans.small()));

    assertThat(outcome).isEqualTo(new Outcome.Launched("v2", List.of()));
    assertThat(pad.traffic.weights().weight(Slot.GREEN)).isEqualTo(Weight.ALL);
    assertThat(pad.containers.exists("shop-test-blue")).isFalse();
    assertThat(pad.events()).isLessThan(1_000);
  }
}

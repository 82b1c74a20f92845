package dev.liftoff.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.liftoff.container.Slot;
import dev.liftoff.traffic.Drained;
import dev.liftoff.traffic.Traffic;
import dev.liftoff.traffic.TrafficContract;
import dev.liftoff.traffic.Weight;
import dev.liftoff.traffic.Weights;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A simulator that lies would make every rehearsal worthless. */
class SimulatedTrafficTest extends TrafficContract {
  private final SimulatedTraffic traffic = new SimulatedTraffic();

  @Override
  protected Traffic traffic() {
    return traffic;
  }

  @Override
  protected Slot request() {
    return traffic.request();
  }

  @Override
  protected void kill(Slot slot) {
    traffic.kill(slot);
  }

  @Override
  protected void restartProxy() {
    // There is none: what was set is all there is.
  }

  @Override
  protected void shiftAndLoseTheReply(Slot candidate, Weight weight) {
    traffic.losingReplies(1);
    assertThatThrownBy(() -> traffic.shift(LAUNCH, candidate, weight))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aProxyThatRefusesSaysWhy() {
    traffic.refusing("the map has no line 'green'");

    assertThatThrownBy(() -> traffic.shift(LAUNCH, Slot.GREEN, Weight.ALL))
        .satisfies(failure -> assertRefused(failure, "the map has no line 'green'"));
    assertThat(traffic.weights()).isEqualTo(Weights.of(Slot.BLUE, Weight.ALL));
  }

  @Test
  void aProxyThatIsAwayComesBack() {
    traffic.failing(2);

    assertThatThrownBy(() -> traffic.restore(LAUNCH, Slot.BLUE)).hasMessageContaining("away");
    assertThatThrownBy(() -> traffic.restore(LAUNCH, Slot.BLUE)).hasMessageContaining("away");
    assertThat(traffic.restore(LAUNCH, Slot.BLUE).serving()).contains(Slot.BLUE);
  }

  @Test
  void weightsItHasNoStageForAreNamed() {
    traffic.servingOnly(Weight.NONE, new Weight(10), Weight.ALL);

    assertThat(traffic.unsupported(LAUNCH, List.of(new Weight(10), new Weight(33))))
        .singleElement()
        .asString()
        .contains("33 %");
  }

  @Test
  void aBusySlotDoesNotDrain() {
    traffic.busy(Slot.BLUE, 3);

    assertThat(traffic.drain(LAUNCH, Slot.BLUE, Duration.ofSeconds(2)))
        .isEqualTo(new Drained(false, 3, Duration.ofSeconds(2)));
  }

  @Test
  void whatChangedIsTold() {
    traffic.shift(LAUNCH, Slot.GREEN, new Weight(10));
    traffic.shift(LAUNCH, Slot.GREEN, new Weight(10));
    traffic.restore(LAUNCH, Slot.BLUE);

    assertThat(traffic.changes())
        .containsExactly(Weights.of(Slot.GREEN, new Weight(10)), Weights.of(Slot.BLUE, Weight.ALL));
  }
}

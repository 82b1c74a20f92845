package dev.liftoff.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.liftoff.FailureType;
import dev.liftoff.LaunchId;
import dev.liftoff.container.Slot;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What every traffic adapter must do. Blue and green run and blue has everything when a sentence
 * begins. Weights are counted from outside, not asked of the adapter.
 */
public abstract class TrafficContract {
  protected static final LaunchId LAUNCH = LaunchId.parse("shop/test/v2/1");

  private static final int REQUESTS = 2_000;

  /** Five standard deviations: one false alarm in about two million. */
  private static final double DEVIATIONS = 5;

  protected abstract Traffic traffic();

  /** The same, soon satisfied that a slot does not answer. */
  protected Traffic impatient() {
    return traffic();
  }

  /** Sends a request to the proxy as a client does, and says which slot answered. */
  protected abstract Slot request();

  /** The slot answers nothing any more. */
  protected abstract void kill(Slot slot);

  /** The proxy ends and starts again, with nothing but what is on its disk. */
  protected abstract void restartProxy();

  /** Shifts, but the answer is lost on its way back; it may have happened or not. */
  protected abstract void shiftAndLoseTheReply(Slot candidate, Weight weight);

  @Test
  void aShiftIsSeenByClients() {
    Weights weights = traffic().shift(LAUNCH, Slot.GREEN, new Weight(25));

    assertThat(weights).isEqualTo(Weights.of(Slot.GREEN, new Weight(25)));
    assertSeenByClients(weights);
  }

  @ParameterizedTest
  @EnumSource(Slot.class)
  void eitherSlotCanBeTheCandidate(Slot candidate) {
    traffic().restore(LAUNCH, candidate.other());
    List<Weights> answers = new ArrayList<>();
    for (int percent : new int[] {1, 10, 50, 100}) {
      answers.add(traffic().shift(LAUNCH, candidate, new Weight(percent)));
      assertSeenByClients(Weights.of(candidate, new Weight(percent)));
    }

    assertThat(answers)
        .extracting(weights -> weights.weight(candidate).percent())
        .containsExactly(1, 10, 50, 100);
  }

  @Test
  void readingTellsWhatTheProxyUsesNow() {
    traffic().shift(LAUNCH, Slot.GREEN, new Weight(10));

    assertThat(traffic().read(LAUNCH)).isEqualTo(Weights.of(Slot.GREEN, new Weight(10)));
  }

  @Test
  void repeatingAShiftChangesNothing() {
    Weights once = traffic().shift(LAUNCH, Slot.GREEN, new Weight(25));
    Weights twice = traffic().shift(LAUNCH, Slot.GREEN, new Weight(25));

    assertThat(twice).isEqualTo(once);
    assertSeenByClients(once);
  }

  @Test
  void aLostReplyDoesNotShiftTwice() {
    shiftAndLoseTheReply(Slot.GREEN, new Weight(25));
    Weights weights = traffic().shift(LAUNCH, Slot.GREEN, new Weight(25));

    assertThat(weights).isEqualTo(Weights.of(Slot.GREEN, new Weight(25)));
    assertSeenByClients(weights);
  }

  @Test
  void restoringBeforeAnyShiftIsHarmless() {
    Weights weights = traffic().restore(LAUNCH, Slot.BLUE);

    assertThat(weights).isEqualTo(Weights.of(Slot.BLUE, Weight.ALL));
    assertSeenByClients(weights);
  }

  @Test
  void restoringGivesTheBaselineEverything() {
    traffic().shift(LAUNCH, Slot.GREEN, Weight.ALL);
    traffic().restore(LAUNCH, Slot.BLUE);

    assertSeenByClients(Weights.of(Slot.BLUE, Weight.ALL));
  }

  @Test
  void aShiftToADeadSlotIsRefusedAndNothingMoves() {
    traffic().shift(LAUNCH, Slot.GREEN, new Weight(10));
    kill(Slot.GREEN);

    assertThatThrownBy(() -> impatient().shift(LAUNCH, Slot.GREEN, new Weight(50)))
        .satisfies(failure -> assertRefused(failure, "green does not serve through the proxy"));
    assertThat(traffic().read(LAUNCH)).isEqualTo(Weights.of(Slot.GREEN, new Weight(10)));
  }

  @Test
  void theWayBackWorksAlthoughTheSlotAnswersNothing() {
    traffic().shift(LAUNCH, Slot.GREEN, Weight.ALL);
    kill(Slot.GREEN);
    traffic().restore(LAUNCH, Slot.BLUE);

    assertSeenByClients(Weights.of(Slot.BLUE, Weight.ALL));
  }

  @Test
  void theWayBackDoesNotAskTheBaselineFirst() {
    traffic().shift(LAUNCH, Slot.GREEN, Weight.ALL);
    kill(Slot.BLUE);

    assertThat(traffic().restore(LAUNCH, Slot.BLUE)).isEqualTo(Weights.of(Slot.BLUE, Weight.ALL));
  }

  @Test
  void aLowerWeightIsGivenToADeadSlot() {
    traffic().shift(LAUNCH, Slot.GREEN, new Weight(50));
    kill(Slot.GREEN);

    assertThat(traffic().shift(LAUNCH, Slot.GREEN, new Weight(10)))
        .isEqualTo(Weights.of(Slot.GREEN, new Weight(10)));
  }

  @Test
  void whatWasSetSurvivesARestartOfTheProxy() {
    Weights weights = traffic().shift(LAUNCH, Slot.GREEN, new Weight(25));
    restartProxy();

    assertThat(traffic().read(LAUNCH)).isEqualTo(weights);
    assertSeenByClients(weights);
  }

  @Test
  void aSlotWithoutTrafficDrainsAtOnce() {
    Drained drained = traffic().drain(LAUNCH, Slot.GREEN, Duration.ofMinutes(1));

    assertThat(drained.inFlight()).isLessThanOrEqualTo(0);
    assertThat(drained.took()).isLessThan(Duration.ofSeconds(30));
  }

  /** The share of each slot among some thousand requests; none and all are exact. */
  protected final void assertSeenByClients(Weights expected) {
    double share = expected.green().percent() / 100.0;
    double deviation = Math.sqrt(REQUESTS * share * (1 - share));
    long green = 0;
    for (int i = 0; i < REQUESTS; i++) {
      green += request() == Slot.GREEN ? 1 : 0;
    }

    assertThat((double) green)
        .as("requests of %d that green answered at %s", REQUESTS, expected.green())
        .isCloseTo(REQUESTS * share, within(DEVIATIONS * deviation));
  }

  /** The failure stops a launch at once and tells the commander this. */
  protected static void assertRefused(Throwable failure, String... facts) {
    assertThat(failure).isInstanceOf(ApplicationFailure.class);
    ApplicationFailure refused = (ApplicationFailure) failure;
    assertThat(refused.getType()).isEqualTo(FailureType.TRAFFIC_REFUSED.name());
    assertThat(refused.isNonRetryable()).isTrue();
    assertThat(refused.getOriginalMessage()).contains(facts);
  }
}

package dev.liftoff.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.liftoff.FailureType;
import dev.liftoff.LaunchId;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What every container engine keeps to, the real ones and the simulated one. */
public abstract class ContainersContract {
  protected static final LaunchId FIRST = LaunchId.parse("contract/it/v1/1");
  protected static final LaunchId SECOND = LaunchId.parse("contract/it/v2/1");
  protected static final Duration DRAIN = Duration.ofSeconds(10);
  private static final String OTHER_DIGEST = "sha256:" + "0".repeat(64);

  protected abstract Containers containers();

  /** Of a service that starts, is ready and drains. */
  protected abstract ContainerSpec spec();

  /** An image that the engine has or can get. */
  protected abstract String image();

  protected abstract String absentImage();

  protected abstract ContainerSpec exitingWith(String lastWords);

  protected abstract ContainerSpec logging(String line);

  protected abstract ContainerSpec ignoringSigterm();

  /** Somebody else's running container has this name. */
  protected abstract void givenForeign(String container);

  /** Seen from outside, not asked of the adapter. */
  protected abstract boolean answers(Endpoint endpoint);

  /** Seen from outside, not asked of the adapter. */
  protected abstract boolean exists(String container);

  @Test
  void anImageIsPinnedByItsContent() {
    Image pinned = pinned();

    assertThat(pinned.reference()).isEqualTo(image());
    assertThat(pinned.id()).matches("sha256:[0-9a-f]{64}");
    assertThat(pinned()).isEqualTo(pinned);
  }

  @Test
  void anImageWithTheDigestOfThePlanIsAccepted() {
    String digest = pinned().id();

    assertThat(containers().pin(FIRST, new ImageReference(image(), digest)).id()).isEqualTo(digest);
  }

  @Test
  void aTagThatMovedIsRefused() {
    assertPermanent(
        FailureType.IMAGE_CHANGED,
        () -> containers().pin(FIRST, new ImageReference(image(), OTHER_DIGEST)),
        image(),
        OTHER_DIGEST);
  }

  @Test
  void anImageThatIsNowhereIsPermanent() {
    assertPermanent(
        FailureType.IMAGE_NOT_FOUND,
        () -> containers().pin(FIRST, new ImageReference(absentImage(), null)),
        absentImage());
  }

  @Test
  void nothingRunsBeforeTheFirstLaunch() {
    assertThat(containers().running(FIRST, spec())).isEmpty();
  }

  @Test
  void aStartedCandidateAnswersAtItsAddress() {
    Endpoint green = start(FIRST, Slot.GREEN);

    assertThat(green).isEqualTo(Endpoint.in(Slot.GREEN, FIRST, spec()));
    assertThat(answers(green)).isTrue();
  }

  @Test
  void theCandidateRunsBesideTheBaseline() {
    Endpoint blue = start(FIRST, Slot.BLUE);
    Endpoint green = start(SECOND, Slot.GREEN);

    assertThat(containers().running(SECOND, spec())).containsExactly(blue, green);
    assertThat(answers(blue)).isTrue();
    assertThat(answers(green)).isTrue();
  }

  @Test
  void containersOfAnotherServiceOrEnvironmentAreNotSeen() {
    start(FIRST, Slot.BLUE);

    assertThat(containers().running(LaunchId.parse("other/it/v1/1"), spec())).isEmpty();
    assertThat(containers().running(LaunchId.parse("contract/other/v1/1"), spec())).isEmpty();
  }

  @Test
  void startingTwiceLeavesOneContainer() {
    Endpoint once = start(FIRST, Slot.GREEN);
    Endpoint twice = start(FIRST, Slot.GREEN);

    assertThat(twice).isEqualTo(once);
    assertThat(containers().running(FIRST, spec())).containsExactly(once);
  }

  @Test
  void aStoppedCandidateOfTheSameLaunchIsStartedAgain() {
    Endpoint green = start(FIRST, Slot.GREEN);
    containers().stop(FIRST, green, DRAIN);

    start(FIRST, Slot.GREEN);

    assertThat(answers(green)).isTrue();
  }

  @Test
  void aSlotInWhichAnotherLaunchRunsIsRefused() {
    Endpoint earlier = start(FIRST, Slot.GREEN);

    assertPermanent(
        FailureType.SLOT_OCCUPIED,
        () -> start(SECOND, Slot.GREEN),
        earlier.container(),
        FIRST.toString());
    assertThat(answers(earlier)).isTrue();
  }

  @Test
  void aStoppedLeftoverOfAnEarlierLaunchMakesRoom() {
    containers().stop(FIRST, start(FIRST, Slot.GREEN), DRAIN);

    Endpoint green = start(SECOND, Slot.GREEN);

    assertThat(containers().running(SECOND, spec())).containsExactly(green);
  }

  @Test
  void aCandidateThatExitsFailsWithItsLastWords() {
    ContainerSpec spec = exitingWith("no table named orders");

    assertPermanent(
        FailureType.CONTAINER_FAILED,
        () -> containers().start(FIRST, Slot.GREEN, pinned(), spec),
        "no table named orders",
        "exited with code 1");
    assertThat(containers().running(FIRST, spec)).isEmpty();
  }

  @Test
  void cleanLogsAreClean() {
    Endpoint green = start(FIRST, Slot.GREEN);

    LogScan scan = containers().scanLogs(FIRST, green, List.of("ERROR"));

    assertThat(scan.clean()).isTrue();
    assertThat(scan.lines()).isPositive();
  }

  @Test
  void errorsInTheLogsAreFoundAndQuoted() {
    Endpoint green = containers().start(FIRST, Slot.GREEN, pinned(), logging("ERROR no disk"));

    LogScan scan = containers().scanLogs(FIRST, green, List.of("FATAL", "ERR.R"));

    assertThat(scan.matches()).isEqualTo(1);
    assertThat(scan.examples()).containsExactly("ERROR no disk");
  }

  @Test
  void aRunningCandidateLeavesEvidenceWithoutAnExitCode() {
    Evidence evidence = containers().capture(FIRST, start(FIRST, Slot.GREEN));

    assertThat(evidence.exitCode()).isNull();
    assertThat(evidence.files()).contains("inspect.json", "logs.txt", "health.json");
  }

  @Test
  void aFailedCandidateLeavesItsExitCodeAsEvidence() {
    ContainerSpec spec = exitingWith("out of memory");
    assertThatThrownBy(() -> containers().start(FIRST, Slot.GREEN, pinned(), spec));

    Evidence evidence = containers().capture(FIRST, Endpoint.in(Slot.GREEN, FIRST, spec));

    assertThat(evidence.exitCode()).isEqualTo(1);
    assertThat(evidence.folder()).isNotEmpty();
  }

  @Test
  void whatNeverWasLeavesNoEvidence() {
    LaunchId unknown = LaunchId.parse("contract/it/never/1");

    Evidence evidence = containers().capture(unknown, Endpoint.in(Slot.GREEN, unknown, spec()));

    assertThat(evidence).isEqualTo(new Evidence("", List.of(), null));
  }

  @Test
  void aStopLetsTheContainerDrain() {
    Endpoint green = start(FIRST, Slot.GREEN);

    assertThat(containers().stop(FIRST, green, DRAIN)).isIn(0, 143);
    assertThat(answers(green)).isFalse();
    assertThat(exists(green.container())).isTrue();
  }

  @Test
  void aContainerThatDoesNotDrainIsKilledAtTheLimit() {
    Endpoint green = containers().start(FIRST, Slot.GREEN, pinned(), ignoringSigterm());

    assertThat(containers().stop(FIRST, green, Duration.ofSeconds(1))).isEqualTo(137);
    assertThat(answers(green)).isFalse();
  }

  @Test
  void stoppingTwiceAnswersTheSame() {
    Endpoint green = start(FIRST, Slot.GREEN);
    int exitCode = containers().stop(FIRST, green, DRAIN);

    assertThat(containers().stop(FIRST, green, DRAIN)).isEqualTo(exitCode);
  }

  @Test
  void stoppingAndRemovingWhatIsAbsentIsSuccess() {
    Endpoint absent = Endpoint.in(Slot.GREEN, FIRST, spec());

    assertThat(containers().stop(FIRST, absent, DRAIN)).isEqualTo(-1);
    containers().remove(FIRST, absent);
    assertThat(containers().scanLogs(FIRST, absent, List.of("ERROR")).lines()).isZero();
  }

  @Test
  void aStoppedContainerIsRemoved() {
    Endpoint green = start(FIRST, Slot.GREEN);
    containers().stop(FIRST, green, DRAIN);

    containers().remove(FIRST, green);

    assertThat(exists(green.container())).isFalse();
  }

  @Test
  void aRunningContainerIsNeverRemoved() {
    Endpoint green = start(FIRST, Slot.GREEN);

    assertPermanent(
        FailureType.NOT_OURS,
        () -> containers().remove(FIRST, green),
        green.container(),
        "still runs");
    assertThat(answers(green)).isTrue();
  }

  @Test
  void anUndoDoesNotTouchTheVersionOfAnotherLaunchInItsSlot() {
    Endpoint earlier = start(FIRST, Slot.GREEN);
    Endpoint mine = Endpoint.in(Slot.GREEN, SECOND, spec());

    assertThat(containers().stop(SECOND, mine, DRAIN)).isEqualTo(-1);
    containers().remove(SECOND, mine);

    assertThat(answers(earlier)).isTrue();
  }

  @Test
  void somebodyElsesContainerIsLeftAlone() {
    Endpoint green = Endpoint.in(Slot.GREEN, FIRST, spec());
    givenForeign(green.container());

    assertPermanent(FailureType.NOT_OURS, () -> start(FIRST, Slot.GREEN), green.container());
    assertPermanent(
        FailureType.NOT_OURS, () -> containers().stop(FIRST, green, DRAIN), green.container());
    assertPermanent(
        FailureType.NOT_OURS, () -> containers().remove(FIRST, green), green.container());
    assertPermanent(
        FailureType.NOT_OURS, () -> containers().capture(FIRST, green), green.container());
    assertThat(containers().running(FIRST, spec())).isEmpty();
    assertThat(exists(green.container())).isTrue();
  }

  protected final Image pinned() {
    return containers().pin(FIRST, new ImageReference(image(), null));
  }

  protected final Endpoint start(LaunchId launch, Slot slot) {
    return containers().start(launch, slot, pinned(), spec());
  }

  /** One sentence that names the thing, and no retry. */
  protected static void assertPermanent(FailureType type, ThrowingCallable call, String... named) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            failure -> {
              assertThat(failure.getType()).isEqualTo(type.name());
              assertThat(failure.isNonRetryable()).isTrue();
              assertThat(failure.getOriginalMessage()).contains(named);
            });
  }
}

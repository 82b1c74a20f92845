package dev.liftoff.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.liftoff.LaunchId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a check that is a container must answer, whoever runs it. */
public abstract class ContainerCheckContract {
  protected static final LaunchId LAUNCH = LaunchId.parse("shop/contract/2.0.0/1");

  protected abstract Probe probe();

  /** A program that exits with 0. */
  protected abstract Check.Container succeeding();

  /** A program that exits with another code. */
  protected abstract Check.Container failing();

  /** A program that cannot be started. */
  protected abstract Check.Container impossible();

  /** Whether anything of the check is left, running or not. */
  protected abstract boolean isLeft(Check.Container check);

  @Test
  public void aProgramThatSucceedsPassesAndNothingOfItIsLeft() {
    assertThat(result(succeeding()).state()).isEqualTo(ProbeResult.State.PASS);
    assertThat(isLeft(succeeding())).isFalse();
  }

  @Test
  public void aProgramThatFailsIsAFailureAndNothingOfItIsLeft() {
    assertThat(result(failing()).state()).isEqualTo(ProbeResult.State.FAIL);
    assertThat(isLeft(failing())).isFalse();
  }

  @Test
  public void aProgramThatCannotBeStartedIsNoDataWithASentence() {
    ProbeResult result = result(impossible());

    assertThat(result.state()).isEqualTo(ProbeResult.State.NO_DATA);
    assertThat(result.value()).isNotBlank();
    assertThat(isLeft(impossible())).isFalse();
  }

  @Test
  public void aProgramWithoutAnImageIsNoData() {
    Check.Container check = succeeding();
    Check nowhere =
        new Check.Container(
            check.name(), null, check.run(), check.environment(), check.limit(), null);

    assertThat(result(nowhere))
        .isEqualTo(
            ProbeResult.noData(
                check.name(), "its image is not pinned yet", result(nowhere).limit()));
  }

  @Test
  public void whatIsDiscardedMayBeDiscardedAgain() {
    probe().discard(LAUNCH, List.of(succeeding()));
    probe().discard(LAUNCH, List.of(succeeding()));

    assertThat(isLeft(succeeding())).isFalse();
  }

  protected ProbeResult result(Check check) {
    return probe().check(LAUNCH, List.of(check), new Targets(null, null)).getFirst();
  }
}

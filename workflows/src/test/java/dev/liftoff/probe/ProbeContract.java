package dev.liftoff.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.liftoff.LaunchId;
import dev.liftoff.container.Endpoint;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every probe must answer. */
public abstract class ProbeContract {
  protected static final LaunchId LAUNCH = LaunchId.parse("shop/test/2.0.0/1");

  protected abstract Probe probe();

  /** A container that answers. */
  protected abstract Endpoint candidate();

  /** A check that is answered rightly, a different one for each number. */
  protected abstract Check right(int number);

  /** A check that is answered, and wrongly. */
  protected abstract Check wrong();

  /** A check that nobody answers. */
  protected abstract Check unanswered();

  /** A check of the candidate that is answered rightly when there is one. */
  protected abstract Check ofTheCandidate();

  @Test
  public void aRightAnswerPasses() {
    assertThat(only(right(1), nobody()).state()).isEqualTo(ProbeResult.State.PASS);
  }

  @Test
  public void aWrongAnswerFails() {
    assertThat(only(wrong(), nobody()).state()).isEqualTo(ProbeResult.State.FAIL);
  }

  @Test
  public void noAnswerIsNoDataWithASentence() {
    ProbeResult result = only(unanswered(), nobody());

    assertThat(result.state()).isEqualTo(ProbeResult.State.NO_DATA);
    assertThat(result.value()).isNotBlank();
    assertThat(result.passed()).isFalse();
  }

  @Test
  public void aCheckOfAContainerThatDoesNotExistIsNoData() {
    ProbeResult result = only(ofTheCandidate(), nobody());

    assertThat(result.state()).isEqualTo(ProbeResult.State.NO_DATA);
    assertThat(result.value()).contains("there is no candidate");
  }

  @Test
  public void aCheckOfTheCandidateReachesIt() {
    assertThat(only(ofTheCandidate(), new Targets(null, candidate())).state())
        .isEqualTo(ProbeResult.State.PASS);
  }

  @Test
  public void resultsComeInTheOrderOfTheChecksAndOneDoesNotSpoilAnother() {
    List<Check> checks = List.of(right(1), unanswered(), wrong(), right(2));

    assertThat(probe().check(LAUNCH, checks, nobody()))
        .extracting(ProbeResult::check, ProbeResult::state)
        .containsExactly(
            tuple(right(1).name(), ProbeResult.State.PASS),
            tuple(unanswered().name(), ProbeResult.State.NO_DATA),
            tuple(wrong().name(), ProbeResult.State.FAIL),
            tuple(right(2).name(), ProbeResult.State.PASS));
  }

  @Test
  public void noChecksAreNoResults() {
    assertThat(probe().check(LAUNCH, List.of(), nobody())).isEmpty();
  }

  @Test
  public void aWarmUpSendsItsRequests() {
    Warmed warmed = probe().warmUp(LAUNCH, candidate(), new WarmUp(List.of("/warm"), 40));

    assertThat(warmed.requests()).isEqualTo(40);
    assertThat(warmed.failed()).isZero();
    assertThat(warmed.p95Millis()).isPositive();
  }

  @Test
  public void aWarmUpOfNothingIsDone() {
    assertThat(probe().warmUp(LAUNCH, candidate(), new WarmUp(List.of("/warm"), 0)))
        .isEqualTo(new Warmed(0, 0, 0));
  }

  protected ProbeResult only(Check check, Targets targets) {
    return probe().check(LAUNCH, List.of(check), targets).getFirst();
  }

  protected static Targets nobody() {
    return new Targets(null, null);
  }
}

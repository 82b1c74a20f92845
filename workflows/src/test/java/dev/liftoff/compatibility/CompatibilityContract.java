package dev.liftoff.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.liftoff.FailureType;
import dev.liftoff.LaunchId;
import dev.liftoff.probe.Check;
import dev.liftoff.probe.ProbeResult;
import io.temporal.failure.ApplicationFailure;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every trial of old and new must answer. */
public abstract class CompatibilityContract {
  protected static final LaunchId LAUNCH = LaunchId.parse("contract/it/v2/1");

  /** An old and a new version, and a copy on which the new one's migrations ran. */
  protected enum Pair {
    /** Both work on it. */
    COMPATIBLE,
    /** The old version reads a column that is gone. */
    READS_WHAT_IS_GONE,
    /** The old version leaves out a column that has become mandatory, when it writes. */
    WRITES_WITHOUT_WHAT_IS_MANDATORY,
    /** The old version fails, and only on rows that the new one wrote. */
    STUMBLES_OVER_NEW_ROWS,
    /** The new version answers a check wrongly. */
    NEW_IS_WRONG,
    /** The old version does not start on the new schema. */
    OLD_DOES_NOT_START,
    /** The versions answer every check and never talk to the copy. */
    NEVER_CONNECTS,
    /** There is no old version. */
    NEW_ONLY
  }

  protected abstract Compatibility compatibility();

  /** With checks that read and write. */
  protected abstract CompatibilitySpec spec();

  /** The world is like this, and the trial of it. */
  protected abstract Trial trial(Pair pair);

  /** Seen from outside. */
  protected abstract boolean hasContainer();

  /** An attempt died and left its container. */
  protected abstract void givenALeftover(Trial trial);

  @Test
  public void aCompatiblePairPassesInThreeRuns() {
    Compatible answer = prove(Pair.COMPATIBLE);

    assertThat(answer.findings()).isEmpty();
    assertThat(answer.compatible()).isTrue();
    assertThat(answer.runs()).extracting(TrialRun::role).containsExactly(TrialRole.values());
    assertThat(answer.runs())
        .allSatisfy(run -> {
          assertThat(run.trouble()).isNull();
          assertThat(run.checks()).isNotEmpty().allMatch(ProbeResult::passed);
          assertThat(run.sql().valid()).isTrue();
          assertThat(run.sql().rowsWritten()).isPositive();
        });
  }

  @Test
  public void anOldVersionThatReadsAColumnThatIsGoneIsFoundBySqlstate() {
    Compatible answer = prove(Pair.READS_WHAT_IS_GONE);

    assertThat(answer.compatible()).isFalse();
    assertThat(answer.findings()).anyMatch(each -> each.contains("SQLSTATE 42703"));
    assertThat(states(answer, TrialRole.BASELINE)).contains("42703");
    assertThat(states(answer, TrialRole.CANDIDATE)).isEmpty();
  }

  @Test
  public void anOldVersionThatCanNoLongerWriteIsFoundBySqlstate() {
    Compatible answer = prove(Pair.WRITES_WITHOUT_WHAT_IS_MANDATORY);

    assertThat(answer.compatible()).isFalse();
    assertThat(answer.findings()).anyMatch(each -> each.contains("SQLSTATE 23502"));
    assertThat(states(answer, TrialRole.BASELINE_AGAIN)).contains("23502");
    assertThat(states(answer, TrialRole.CANDIDATE)).isEmpty();
  }

  @Test
  public void anOldVersionThatStumblesOverRowsOfTheNewOneIsFoundInItsSecondRun() {
    Compatible answer = prove(Pair.STUMBLES_OVER_NEW_ROWS);

    assertThat(answer.compatible()).isFalse();
    assertThat(answer.findings()).allMatch(each -> each.startsWith("baseline-again "));
    assertThat(answer.findings()).isNotEmpty();
  }

  @Test
  public void aNewVersionThatAnswersWronglyIsFound() {
    Compatible answer = prove(Pair.NEW_IS_WRONG);

    assertThat(answer.findings())
        .isNotEmpty()
        .allMatch(each -> each.startsWith("candidate ") && each.contains("failed the check"));
  }

  @Test
  public void anOldVersionThatDoesNotStartIsFoundWithItsLastWords() {
    Compatible answer = prove(Pair.OLD_DOES_NOT_START);

    assertThat(answer.compatible()).isFalse();
    assertThat(answer.findings())
        .anyMatch(each -> each.startsWith("baseline ") && each.contains("unknown schema"));
    assertThat(hasContainer()).isFalse();
  }

  @Test
  public void aVersionThatNeverConnectsProvesNothingAndNoOtherIsAsked() {
    Compatible answer = prove(Pair.NEVER_CONNECTS);

    assertThat(answer.findings()).anyMatch(each -> each.contains("did not use the copy"));
    assertThat(answer.runs()).extracting(TrialRun::role).containsExactly(TrialRole.BASELINE);
  }

  @Test
  public void withoutARunningVersionOnlyTheNewOneIsTriedAndThatIsSaid() {
    Compatible answer = prove(Pair.NEW_ONLY);

    assertThat(answer.compatible()).isTrue();
    assertThat(answer.runs()).extracting(TrialRun::role).containsExactly(TrialRole.CANDIDATE);
    assertThat(answer.notes()).anyMatch(each -> each.contains("no running version"));
  }

  @Test
  public void aTrialLeavesNoContainer() {
    prove(Pair.COMPATIBLE);

    assertThat(hasContainer()).isFalse();
  }

  @Test
  public void aTrialRemovesWhatAnEarlierAttemptLeft() {
    Trial trial = trial(Pair.COMPATIBLE);
    givenALeftover(trial);

    assertThat(compatibility().prove(LAUNCH, spec(), trial).compatible()).isTrue();
    assertThat(hasContainer()).isFalse();
  }

  @Test
  public void aSecondTrialOfTheSameCopyAnswersTheSame() {
    Trial trial = trial(Pair.COMPATIBLE);

    assertThat(compatibility().prove(LAUNCH, spec(), trial).findings()).isEmpty();
    assertThat(compatibility().prove(LAUNCH, spec(), trial).findings()).isEmpty();
  }

  @Test
  public void discardingRemovesALeftoverAndMayBeRepeated() {
    Trial trial = trial(Pair.COMPATIBLE);
    givenALeftover(trial);
    assertThat(hasContainer()).isTrue();

    compatibility().discard(LAUNCH, trial.container());
    compatibility().discard(LAUNCH, trial.container());

    assertThat(hasContainer()).isFalse();
  }

  @Test
  public void nothingIsTriedOnTheLiveDatabase() {
    Trial trial = trial(Pair.COMPATIBLE);
    Trial onLive =
        new Trial(trial.database(), "shop", trial.container(), trial.baseline(), trial.candidate());

    assertPermanent(FailureType.DATABASE_REFUSED, spec(), onLive, "no scratch database");
  }

  @Test
  public void theAddressOfASlotIsRefused() {
    Trial trial = trial(Pair.COMPATIBLE);
    String taken = trial.container().addresses().values().iterator().next();
    CompatibilitySpec onSlot =
        new CompatibilitySpec(
            taken, spec().environment(), spec().checks(), spec().readBack(), List.of());

    assertPermanent(FailureType.INVALID_PLAN, onSlot, trial, "is a slot's");
  }

  @Test
  public void aCheckOfSomethingElseIsRefused() {
    Check.Http known = (Check.Http) spec().checks().getFirst();
    Check elsewhere =
        new Check.Http(
            "front door",
            "GET",
            "http://127.0.0.1:1/items",
            known.headers(),
            null,
            200,
            known.expect(),
            known.limit());
    CompatibilitySpec astray =
        new CompatibilitySpec(
            spec().address(), spec().environment(), List.of(elsewhere), List.of(), List.of());

    assertPermanent(FailureType.INVALID_PLAN, astray, trial(Pair.COMPATIBLE), "front door");
  }

  private void assertPermanent(
      FailureType type, CompatibilitySpec spec, Trial trial, String words) {
    ApplicationFailure failure =
        catchThrowableOfType(
            ApplicationFailure.class, () -> compatibility().prove(LAUNCH, spec, trial));

    assertThat(failure.isNonRetryable()).isTrue();
    assertThat(failure.getType()).isEqualTo(type.name());
    assertThat(failure.getOriginalMessage()).contains(words);
  }

  protected Compatible prove(Pair pair) {
    return compatibility().prove(LAUNCH, spec(), trial(pair));
  }

  protected static List<String> states(Compatible answer, TrialRole role) {
    return answer.runs().stream()
        .filter(run -> run.role() == role)
        .flatMap(run -> run.sql().errors().stream())
        .map(SqlError::state)
        .toList();
  }
}

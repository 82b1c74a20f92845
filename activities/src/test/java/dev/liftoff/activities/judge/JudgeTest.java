package dev.liftoff.activities.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.liftoff.Payloads;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JudgeTest {
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  private static final ObjectMapper JSON = Payloads.mapper();
  private static final Arm BEFORE = new Arm(270_000, 270);
  private static final Arm SLOW_BEFORE = new Arm(270_000, 24_000);

  private final SplittableRandom random = new SplittableRandom(7);

  @Test
  void beforeTheFirstBatchThereIsNoData() {
    assertThat(Judge.from(JudgeState.EMPTY, errors(Factor.COUNT, 5)).verdict())
        .isInstanceOf(JudgeVerdict.NoData.class);
  }

  @Test
  void aCandidateThatFailsTenTimesAsOftenFailsWithinAMinute() {
    Judge judge = watch(errors(Factor.COUNT, 5), 12, 0.01, 0.001);

    assertThat(judge.verdict())
        .isInstanceOfSatisfying(
            JudgeVerdict.Fail.class,
            fail -> {
              assertThat(fail.culprit()).isEqualTo("errors");
              assertThat(fail.evidence()).isGreaterThanOrEqualTo(100);
              assertThat(fail.reason()).startsWith("errors: the candidate is worse");
            });
  }

  @Test
  void aCandidateLikeTheBaselineIsCertifiedAndPasses() {
    assertThat(watch(errors(Factor.COUNT, 5), 240, 0.001, 0.001).verdict())
        .isInstanceOfSatisfying(
            JudgeVerdict.Pass.class,
            pass -> assertThat(pass.evidence()).isGreaterThanOrEqualTo(100));
  }

  @Test
  void nothingPassesBeforeTheBakeIsOver() {
    JudgeSettings patient = settings(Duration.ofHours(1), question("errors", Factor.COUNT, 5));

    assertThat(watch(patient, 240, 0.001, 0.001).verdict())
        .isEqualTo(new JudgeVerdict.NotYet("judged for 1200 of 3600 s"));
  }

  @Test
  void whatIsNotShownYetDoesNotPass() {
    assertThat(watch(errors(Factor.COUNT, 5), 3, 0.001, 0.001).verdict())
        .isInstanceOfSatisfying(
            JudgeVerdict.NotYet.class,
            open -> assertThat(open.reason()).startsWith("errors: not shown yet"));
  }

  @Test
  void shortBatchesAreAddedUpToWholeOnes() {
    Trial third = trial(5, 0.01, 0.001);
    Judge bySteps = Judge.from(JudgeState.EMPTY, errors(Factor.COUNT, 15));
    for (int second = 0; second < 15; second += 5) {
      bySteps = bySteps.see(new Batch(at(second), at(second + 5), Map.of("errors", third)));
    }
    Trial all = third.plus(third).plus(third);
    Judge atOnce =
        Judge.from(JudgeState.EMPTY, errors(Factor.COUNT, 15))
            .see(new Batch(at(0), at(15), Map.of("errors", all)));

    assertThat(bySteps.state()).isEqualTo(atOnce.state());
    assertThat(atOnce.total()).isGreaterThan(1);
  }

  @Test
  void withoutACertificateNothingPasses() {
    JudgeSettings settings =
        settings(
            Duration.ZERO,
            new Question(
                "errors",
                "errors",
                1,
                new Method(Factor.COUNT, 5, false),
                new Question.NoWorse(Grid.ERRORS, Tolerance.ERRORS, 1, null, BEFORE)));

    assertThat(watch(settings, 240, 0.001, 0.001).verdict())
        .isEqualTo(new JudgeVerdict.NotYet("nothing is certified"));
  }

  @Test
  void aSmallDifferenceHoldsThePromotionAndDoesNotRollBack() {
    assertThat(watch(errors(Factor.COUNT, 5), 720, 0.0016, 0.001).verdict())
        .isInstanceOfSatisfying(
            JudgeVerdict.Hold.class,
            hold -> {
              assertThat(hold.culprit()).isEqualTo("errors");
              assertThat(hold.evidence()).isGreaterThanOrEqualTo(20);
            });
  }

  @Test
  void anOutageOfBothSidesIsNobodysFault() {
    assertThat(watch(errors(Factor.COUNT, 5), 120, 0.06, 0.06).verdict())
        .isNotInstanceOf(JudgeVerdict.Fail.class);
  }

  @Test
  void aGapChangesNoEvidenceAndIsNoData() {
    Judge before = watch(errors(Factor.COUNT, 5), 240, 0.001, 0.001);

    Judge blind = before.see(new Batch(at(1200), at(1260), Map.of()));

    assertThat(blind.verdict()).isEqualTo(new JudgeVerdict.NoData("not measured: errors"));
    assertThat(blind.state().tests()).isEqualTo(before.state().tests());
    assertThat(blind.see(batch(1260, 5, 0.001, 0.001)).verdict())
        .isInstanceOf(JudgeVerdict.Pass.class);
  }

  @Test
  void whatHappenedInAGapIsSeenInTheFirstBatchAfterIt() {
    Judge before = watch(errors(Factor.COUNT, 5), 24, 0.001, 0.001);

    assertThat(before.see(batch(120, 600, 0.01, 0.001)).verdict())
        .isInstanceOf(JudgeVerdict.Fail.class);
  }

  @Test
  void aBatchThatWasCountedIsNotCountedAgain() {
    Judge judge = watch(errors(Factor.COUNT, 5), 4, 0.01, 0.001);

    assertThat(judge.see(batch(10, 10, 0.01, 0.001)).state()).isEqualTo(judge.state());
  }

  @Test
  void aVerdictOfFailureStays() {
    Judge failed = watch(errors(Factor.COUNT, 5), 12, 0.05, 0.001);

    Judge later = failed;
    for (int second = 60; second < 3600; second += 5) {
      later = later.see(batch(second, 5, 0, 0.001));
    }

    assertThat(later.verdict()).isEqualTo(failed.verdict());
  }

  @Test
  void twoMetricsNameTheOneThatIsWorse() {
    JudgeSettings both =
        settings(
            Duration.ZERO,
            half("errors", Tolerance.ERRORS, Grid.ERRORS, BEFORE),
            half("slow", Tolerance.SLOW, Grid.LATENCY, SLOW_BEFORE));
    Judge judge = Judge.from(JudgeState.EMPTY, both);
    for (int second = 0; second < 120; second += 5) {
      Map<String, Trial> trials = new HashMap<>();
      trials.put("errors", trial(5, 0.001, 0.001));
      trials.put("slow", trial(5, 0.2, 0.09));
      judge = judge.see(new Batch(at(second), at(second + 5), trials));
    }

    assertThat(judge.verdict())
        .isInstanceOfSatisfying(
            JudgeVerdict.Fail.class, fail -> assertThat(fail.culprit()).isEqualTo("slow"));
  }

  @Test
  void oneQuestionWithoutAnswerIsNoDataForAll() {
    JudgeSettings both =
        settings(
            Duration.ZERO,
            half("errors", Tolerance.ERRORS, Grid.ERRORS, BEFORE),
            half("slow", Tolerance.SLOW, Grid.LATENCY, SLOW_BEFORE));

    assertThat(Judge.from(JudgeState.EMPTY, both).see(batch(0, 5, 0.001, 0.001)).verdict())
        .isEqualTo(new JudgeVerdict.NoData("not measured: slow"));
  }

  @Test
  void anAbsoluteLimitFailsAloneAndNotBeforeItsSamples() {
    JudgeSettings limit =
        settings(
            Duration.ZERO,
            Question.below("errors", "errors", 1, new Method(Factor.COUNT, 5, false), 0.05, 2000));

    assertThat(watch(limit, 6, 0.3, 0.3).verdict()).isNotInstanceOf(JudgeVerdict.Fail.class);
    assertThat(watch(limit, 9, 0.3, 0.3).verdict()).isInstanceOf(JudgeVerdict.Fail.class);
    assertThat(watch(limit, 240, 0.04, 0.04).verdict()).isNotInstanceOf(JudgeVerdict.Fail.class);
  }

  @Test
  void trafficThatDoesNotFollowItsWeightHolds() {
    JudgeSettings tenth =
        new JudgeSettings(
            List.of(question("errors", Factor.COUNT, 5)),
            JudgeSettings.HORIZON,
            Duration.ZERO,
            0.1);
    Judge fair = Judge.from(JudgeState.EMPTY, tenth);
    Judge twice = Judge.from(JudgeState.EMPTY, tenth);
    for (int second = 0; second < 1200; second += 5) {
      fair = fair.see(shared(second, 250));
      twice = twice.see(shared(second, 500));
    }

    assertThat(fair.verdict()).isInstanceOf(JudgeVerdict.Pass.class);
    assertThat(twice.verdict())
        .isInstanceOfSatisfying(
            JudgeVerdict.Hold.class, hold -> assertThat(hold.culprit()).isEqualTo("traffic share"));
  }

  @ParameterizedTest
  @EnumSource
  void aStateThatWasWrittenAndReadGoesOnToTheSameBits(Factor factor) throws Exception {
    JudgeSettings settings = errors(factor, 15);
    List<Batch> batches = new java.util.ArrayList<>();
    for (int second = 0; second < 1800; second += 5) {
      batches.add(batch(second, 5, 0.0021, 0.001));
    }

    Judge straight = Judge.from(JudgeState.EMPTY, settings);
    Judge crashing = Judge.from(JudgeState.EMPTY, settings);
    for (Batch batch : batches) {
      straight = straight.see(batch);
      crashing = Judge.from(copy(crashing.state()), settings).see(copy(batch)).see(batch);
    }

    assertThat(crashing.state()).isEqualTo(straight.state());
    assertThat(bits(crashing)).isEqualTo(bits(straight)).isNotEmpty();
    assertThat(JSON.writeValueAsString(crashing.state()))
        .isEqualTo(JSON.writeValueAsString(straight.state()));
  }

  @ParameterizedTest
  @EnumSource
  void theJudgeGathersWhatItsFactorGathers(Factor factor) {
    Suspicion alone = Suspicion.of(factor, Grid.ERRORS, Tolerance.ERRORS, 48 * 3600);
    Reference reference = new Reference(BEFORE.bad(), BEFORE.requests());
    Exposure exposure = Exposure.UNKNOWN;
    Judge judge = Judge.from(JudgeState.EMPTY, errors(factor, 5));

    for (int second = 0; second < 60; second += 5) {
      Batch batch = batch(second, 5, 0.004, 0.001);
      judge = judge.see(batch);
      Trial trial = batch.trials().get("errors");
      Tally tally = exposure.tally(trial, 5);
      alone.see(tally, reference.rate());
      reference.learn(tally);
      exposure = Exposure.of(trial, 5);
    }

    assertThat(judge.evidence()).containsEntry("errors", alone.value());
  }

  @Test
  void aFailureSurvivesBeingWrittenAndRead() throws Exception {
    JudgeState failed = watch(errors(Factor.COUNT, 5), 12, 0.05, 0.001).state();

    assertThat(failed.failed()).isNotNull();
    assertThat(copy(failed)).isEqualTo(failed);
  }

  @Test
  void whereOnlyTwoPodsServeTheBatchIsOneVote() {
    JudgeSettings ranked = errors(Factor.RANK, 5);
    Batch few =
        new Batch(at(0), at(5), Map.of("errors", new Trial(new Arm(250, 3), new Arm(2250, 2))));

    double evidence = Judge.from(JudgeState.EMPTY, ranked).see(few).total();

    assertThat(evidence).isGreaterThan(1).isLessThan(3);
  }

  @Test
  void weightsThatPromiseMoreThanThereIsAreRefused() {
    assertThatThrownBy(() ->
            settings(
                Duration.ZERO,
                question("errors", Factor.COUNT, 5),
                question("slow", Factor.COUNT, 5)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2.0 together");
  }

  @Test
  void theBoundariesThatTellSomethingAreThoseThatAFewExceed() {
    Map<Double, Long> buckets = new TreeMap<>();
    buckets.put(0.1, 43_000L);
    buckets.put(0.25, 91_000L);
    buckets.put(0.5, 99_400L);
    buckets.put(1.0, 99_990L);
    buckets.put(Double.POSITIVE_INFINITY, 100_000L);

    assertThat(Boundaries.from(buckets, 100_000)).containsExactly(0.25, 0.5);
    assertThat(Boundaries.from(buckets, 0)).isEmpty();
  }

  @Test
  void whatNoUserNoticesIsNoBoundary() {
    Map<Double, Long> buckets = new TreeMap<>(Map.of(0.0025, 90_000L, 0.01, 95_000L));

    assertThat(Boundaries.from(buckets, 100_000)).containsExactly(0.01);
  }

  @Test
  void aBaselineThatIsFasterThanAllIsComparedByTheFirstBoundaryThatUsersNotice() {
    Map<Double, Long> buckets =
        new TreeMap<>(Map.of(0.005, 99_000L, 0.01, 99_900L, 0.05, 99_950L, 0.1, 99_990L));
    buckets.put(0.25, 100_000L);
    buckets.put(Double.POSITIVE_INFINITY, 100_000L);

    assertThat(Boundaries.from(buckets, 100_000)).containsExactly(0.1);
  }

  @Test
  void aCoarseHistogramIsComparedByTheFirstBoundaryThatHardlyAnyExceed() {
    Map<Double, Long> buckets = new TreeMap<>(Map.of(0.1, 60_000L, 1.0, 99_900L, 10.0, 100_000L));

    assertThat(Boundaries.from(buckets, 100_000)).containsExactly(1.0);
  }

  @Test
  void aBaselineThatIsSlowerThanEveryBoundaryHasNone() {
    assertThat(Boundaries.from(Map.of(0.1, 10L, 1.0, 20L), 100_000)).isEmpty();
  }

  private Judge watch(JudgeSettings settings, int batches, double rate, double baselineRate) {
    Judge judge = Judge.from(JudgeState.EMPTY, settings);
    for (int batch = 0; batch < batches; batch++) {
      judge = judge.see(batch(5 * batch, 5, rate, baselineRate));
    }
    return judge;
  }

  private Batch batch(int second, int seconds, double rate, double baselineRate) {
    return new Batch(
        at(second), at(second + seconds), Map.of("errors", trial(seconds, rate, baselineRate)));
  }

  private Batch shared(int second, long candidate) {
    return new Batch(
        at(second),
        at(second + 5),
        Map.of("errors", trial(5, 0.001, 0.001)),
        new Arm(2500, candidate));
  }

  private Trial trial(int seconds, double rate, double baselineRate) {
    Map<String, Arm> groups = new TreeMap<>();
    Arm baseline = Arm.NONE;
    for (int group = 1; group <= 9; group++) {
      Arm arm = new Arm(50L * seconds, bad(50 * seconds, baselineRate));
      groups.put("pod-" + group, arm);
      baseline = baseline.plus(arm);
    }
    return new Trial(new Arm(50L * seconds, bad(50 * seconds, rate)), baseline, groups);
  }

  private long bad(int requests, double rate) {
    return random.doubles(requests).filter(one -> one < rate).count();
  }

  private static JudgeSettings errors(Factor factor, int seconds) {
    return settings(Duration.ZERO, question("errors", factor, seconds));
  }

  private static JudgeSettings settings(Duration bake, Question... questions) {
    return new JudgeSettings(List.of(questions), JudgeSettings.HORIZON, bake, null);
  }

  private static Question question(String name, Factor factor, int seconds) {
    return new Question(
        name,
        name,
        1,
        new Method(factor, seconds, false),
        new Question.NoWorse(Grid.ERRORS, Tolerance.ERRORS, 1, Tolerance.CERTIFIED_ERRORS, BEFORE));
  }

  private static Question half(String name, Tolerance tolerance, Grid grid, Arm before) {
    return new Question(
        name,
        name,
        0.5,
        new Method(Factor.COUNT, 5, false),
        new Question.NoWorse(grid, tolerance, 1, null, before));
  }

  private static Instant at(int second) {
    return START.plusSeconds(second);
  }

  private static JudgeState copy(JudgeState state) throws Exception {
    return JSON.readValue(JSON.writeValueAsString(state), JudgeState.class);
  }

  private static Batch copy(Batch batch) throws Exception {
    return JSON.readValue(JSON.writeValueAsString(batch), Batch.class);
  }

  private static List<Long> bits(Judge judge) {
    return judge.state().tests().values().stream()
        .flatMap(test -> test.worse().sums().stream())
        .map(Double::doubleToLongBits)
        .toList();
  }
}

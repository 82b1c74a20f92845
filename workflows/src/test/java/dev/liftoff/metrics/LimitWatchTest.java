package dev.liftoff.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.liftoff.Payloads;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LimitWatchTest {
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  private static final Limit ERRORS =
      new Limit(Metric.ERROR_RATE, 0.05, null, Duration.ofMinutes(2), 50);
  private static final Limit INVESTIGATE =
      new Limit(Metric.ERROR_RATE, 0.02, null, Duration.ofMinutes(2), 50).then(Response.HOLD);
  private static final Limit SLOW = new Limit(Metric.P95, 5.0, null, Duration.ofMinutes(3), 50);
  private static final Limit AWAY =
      new Limit(Metric.AVAILABILITY, null, 0.95, Duration.ofMinutes(1), 0);

  @Test
  void passesWhenTheLastLookMeasuredEveryLimitAndNoneIsBreached() {
    assertThat(watch(ERRORS, SLOW).see(look(0, 0.01, 0.2)).verdict()).isEqualTo(new Verdict.Pass());
  }

  @Test
  void failsOnceALimitWasBreachedForItsDuration() {
    LimitWatch early = watch(ERRORS);
    for (int second = 0; second < 120; second += 17) {
      early = early.see(look(second, 0.1));
    }
    assertThat(early.failed()).isFalse();

    assertThat(early.see(look(120, 0.3)).verdict())
        .isEqualTo(new Verdict.Fail("error-rate above 0.05 for 2 min: 0.3000 of 500 samples"));
  }

  @Test
  void aBreachThatIsNotDecidedYetIsNoDataThatSaysWhenItWillBe() {
    assertThat(watch(ERRORS).see(look(0, 0.1)).see(look(20, 0.1)).see(look(40, 0.1)).verdict())
        .isEqualTo(new Verdict.NoData("error-rate above 0.05 since 40 s, decided after 2 min"));
  }

  @Test
  void aBreachOfNoDurationFailsAtOnce() {
    Limit atOnce = new Limit(Metric.ERROR_RATE, 0.05, null, Duration.ZERO, 50);

    assertThat(watch(atOnce).see(look(0, 0.06)).failed()).isTrue();
  }

  @Test
  void theLimitItselfIsNoBreach() {
    assertThat(watch(ERRORS).see(look(0, 0.05)).verdict()).isEqualTo(new Verdict.Pass());
    assertThat(watch(AWAY).see(available(0, 0.95, 100)).verdict()).isEqualTo(new Verdict.Pass());
  }

  @Test
  void aRecoveryStartsTheBreachAnew() {
    LimitWatch watch =
        watch(ERRORS)
            .see(look(0, 0.1))
            .see(look(110, 0.01))
            .see(look(120, 0.1))
            .see(look(130, 0.1));

    assertThat(watch.verdict())
        .isEqualTo(new Verdict.NoData("error-rate above 0.05 since 10 s, decided after 2 min"));
  }

  @Test
  void silenceAtTheEndIsNeverAPass() {
    LimitWatch watch = watch(ERRORS, SLOW).see(look(0, 0.01, 0.2)).see(silent(10));

    assertThat(watch.verdict())
        .isEqualTo(new Verdict.NoData("error-rate is not measured: nobody answers"));
    assertThat(watch.blind()).isTrue();
  }

  @Test
  void oneLimitWithoutDataIsEnoughForNoData() {
    assertThat(watch(ERRORS, SLOW).see(look(0, 0.01)).verdict())
        .isEqualTo(new Verdict.NoData("p95 is not measured: no query is declared for p95"));
  }

  @Test
  void silenceDoesNotEndABreach() {
    LimitWatch watch =
        watch(ERRORS).see(look(0, 0.1)).see(silent(10)).see(silent(20)).see(look(30, 0.1));

    assertThat(watch.verdict())
        .isEqualTo(new Verdict.NoData("error-rate above 0.05 since 30 s, decided after 2 min"));
  }

  @Test
  void silenceAloneNeverFails() {
    LimitWatch watch = watch(ERRORS).see(look(0, 0.1)).see(silent(130)).see(silent(600));

    assertThat(watch.failed()).isFalse();
  }

  @Test
  void twoGlimpsesOfTroubleAreNotAllTheTimeBetweenThem() {
    LimitWatch watch = watch(ERRORS).see(look(0, 0.1)).see(silent(300)).see(look(600, 0.1));

    assertThat(watch.verdict())
        .isEqualTo(new Verdict.NoData("error-rate above 0.05 since 30 s, decided after 2 min"));
  }

  @Test
  void aGapWhileTheWorkerWasDownCountsNoMoreThanAnyOther() {
    WatchState beforeTheCrash = watch(ERRORS).see(look(0, 0.1)).see(look(10, 0.1)).state();

    LimitWatch resumed = LimitWatch.from(beforeTheCrash, spec(ERRORS)).see(look(610, 0.1));

    assertThat(resumed.verdict())
        .isEqualTo(new Verdict.NoData("error-rate above 0.05 since 40 s, decided after 2 min"));
  }

  @Test
  void aMeasurementSpeaksForAWholeIntervalEvenWhenDataGoesStaleEarlier() {
    MetricsSpec relaxed = spec(Duration.ofMinutes(5), ERRORS);

    assertThat(
            LimitWatch.from(WatchState.EMPTY, relaxed)
                .see(look(0, 0.1))
                .see(look(300, 0.1))
                .failed())
        .isTrue();
  }

  @Test
  void theNextWindowGoesOnFromTheStateOfTheLast() {
    WatchState carried = watch(ERRORS).see(look(0, 0.1)).see(look(30, 0.1)).state();

    LimitWatch next = LimitWatch.from(carried, spec(ERRORS));
    for (int second = 40; second <= 120; second += 10) {
      next = next.see(look(second, 0.1));
    }

    assertThat(next.failed()).isTrue();
  }

  @Test
  void theStateSurvivesBeingWrittenAndRead() throws Exception {
    WatchState state = watch(ERRORS).see(look(0, 0.1)).see(look(30, 0.1)).state();

    String json = Payloads.mapper().writeValueAsString(state);

    assertThat(Payloads.mapper().readValue(json, WatchState.class)).isEqualTo(state);
  }

  @Test
  void aStateThatAnOlderVersionWroteIsUnderstood() throws Exception {
    String json = "{\"breachedSince\":{\"%s\":\"2026-03-01T12:00:00Z\"}}".formatted(ERRORS);
    WatchState state = Payloads.mapper().readValue(json, WatchState.class);

    assertThat(LimitWatch.from(state, spec(ERRORS)).see(look(20, 0.1)).verdict())
        .isEqualTo(new Verdict.NoData("error-rate above 0.05 since 20 s, decided after 2 min"));
  }

  @Test
  void tooFewSamplesAreNoDataEvenWhenTheValueIsBad() {
    LimitWatch watch = watch(ERRORS).see(errors(0, 0.9, 49));

    assertThat(watch.verdict())
        .isEqualTo(
            new Verdict.NoData("error-rate is not measured: 49 samples, at least 50 are needed"));
    assertThat(watch.state()).isEqualTo(WatchState.EMPTY);
  }

  @Test
  void withoutTrafficAGoodValueIsNoData() {
    assertThat(watch(AWAY).see(available(0, 1.0, 0)).verdict())
        .isEqualTo(
            new Verdict.NoData("availability is not measured: 0 samples, at least 1 are needed"));
  }

  @Test
  void withoutTrafficABadValueOfALimitThatNeedsNoSamplesStillCounts() {
    LimitWatch watch = watch(AWAY);
    for (int second = 0; second <= 60; second += 10) {
      watch = watch.see(available(second, 0.0, 0));
    }

    assertThat(watch.failed()).isTrue();
  }

  @Test
  void unknownSamplesAreNoData() {
    Look look =
        new Look(
            START,
            Map.of(Metric.ERROR_RATE, new Measurement.Value(0.01)),
            new Measurement.Missing("no series"));

    assertThat(watch(ERRORS).see(look).verdict())
        .isEqualTo(
            new Verdict.NoData(
                "error-rate is not measured: the number of samples is not known: no series"));
  }

  @Test
  void aFailureOutweighsSilenceElsewhere() {
    LimitWatch watch = watch(ERRORS, SLOW);
    for (int second = 0; second <= 120; second += 10) {
      watch = watch.see(look(second, 0.1));
    }

    assertThat(watch.verdict()).isInstanceOf(Verdict.Fail.class);
  }

  @Test
  void withoutALimitNothingIsWatchedAndNothingPasses() {
    assertThat(watch().see(look(0, 0.0)).verdict()).isInstanceOf(Verdict.NoData.class);
  }

  @Test
  void beforeTheFirstLookThereIsNoData() {
    assertThat(watch(ERRORS).verdict()).isInstanceOf(Verdict.NoData.class);
    assertThat(watch(ERRORS).blind()).isTrue();
  }

  @Test
  void looksAgainExactlyWhenABreachWillBeDecided() {
    MetricsSpec relaxed = spec(Duration.ofMinutes(5), ERRORS);

    LimitWatch breached = LimitWatch.from(WatchState.EMPTY, relaxed).see(look(0, 0.1));

    assertThat(breached.nextLook()).isEqualTo(Duration.ofMinutes(2));
    assertThat(breached.see(look(60, 0.01)).nextLook()).isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void readingsShowValueLimitSamplesAndWhy() {
    assertThat(watch(ERRORS, SLOW).see(look(0, 0.1)).readings())
        .containsExactly(
            new Reading(
                Metric.ERROR_RATE,
                0.1,
                "error-rate above 0.05 for PT2M",
                Reading.State.BREACH,
                500,
                START,
                null),
            new Reading(
                Metric.P95,
                null,
                "p95 above 5.0 for PT3M",
                Reading.State.NO_DATA,
                500,
                START,
                "no query is declared for p95"));
  }

  @Test
  void peopleReadTheTimeOfALimitInWordsAndItsNameStaysAsItIs() {
    assertThat(ERRORS.toString()).isEqualTo("error-rate above 0.05 for PT2M");
    assertThat(ERRORS.sentence()).isEqualTo("error-rate above 0.05 for 2 min");
    assertThat(watch(ERRORS, SLOW).see(look(0, 0.1)).readings())
        .extracting(Reading::limitSentence)
        .containsExactly("error-rate above 0.05 for 2 min", "p95 above 5.0 for 3 min");
  }

  @Test
  void aMilderLimitIsAConcernAndNoFailure() {
    LimitWatch watch = watch(ERRORS, INVESTIGATE);
    for (int second = 0; second < 120; second += 10) {
      watch = watch.see(look(second, 0.03));
      assertThat(watch.verdict()).isInstanceOf(Verdict.NotYet.class);
      assertThat(watch.hasNews(false)).isFalse();
    }

    watch = watch.see(look(120, 0.03));

    assertThat(watch.verdict()).isEqualTo(new Verdict.Pass());
    assertThat(watch.hasNews(false)).isTrue();
    assertThat(watch.concerns())
        .containsExactly(
            new Concern(
                "error-rate above 0.02 for 2 min",
                Response.HOLD,
                "error-rate above 0.02 for 2 min: 0.03000 of 500 samples",
                false,
                START));
  }

  @Test
  void aConcernThatWasToldIsNoNewsUntilItHasEndedAndComeBack() {
    LimitWatch watch = lasting(watch(INVESTIGATE), 0, 0.03);
    LimitWatch next = LimitWatch.from(watch.told(), spec(INVESTIGATE)).see(look(130, 0.03));

    assertThat(next.concerns()).hasSize(1);
    assertThat(next.hasNews(false)).isFalse();
    LimitWatch back = lasting(next.see(look(140, 0.001)), 150, 0.03);
    assertThat(back.hasNews(false)).isTrue();
    assertThat(back.hasNews(true)).as("while it is held").isFalse();
    assertThat(back.concerns().getFirst().since()).isEqualTo(START.plusSeconds(150));
  }

  @Test
  void aConcernThatIsOnlyReportedEndsNoSecondWindowHoweverOftenItComesBack() {
    Limit monitor = INVESTIGATE.then(Response.REPORT);
    LimitWatch watch = lasting(watch(monitor), 0, 0.03);
    assertThat(watch.hasNews(false)).isTrue();

    LimitWatch back =
        lasting(LimitWatch.from(watch.told(), spec(monitor)).see(look(130, 0.001)), 140, 0.03);

    assertThat(back.concerns()).hasSize(1);
    assertThat(back.hasNews(false)).isFalse();
  }

  @Test
  void aLimitThatHoldsSpeaksForTheMilderOnesOfItsMetric() {
    Limit monitor = new Limit(Metric.ERROR_RATE, 0.01, null, Duration.ofMinutes(2), 50);
    LimitWatch watch = watch(INVESTIGATE, monitor.then(Response.REPORT));

    assertThat(lasting(watch, 0, 0.03).concerns())
        .extracting(Concern::response)
        .containsExactly(Response.HOLD);
    assertThat(lasting(watch, 0, 0.015).concerns())
        .extracting(Concern::response)
        .containsExactly(Response.REPORT);
  }

  @Test
  void aLimitInShadowIsNamedAndNothingElse() {
    LimitWatch watch = watch(ERRORS.inShadow(), SLOW).see(look(0, 0.5, 0.2));
    assertThat(watch.verdict()).isEqualTo(new Verdict.Pass());

    for (int second = 10; second <= 120; second += 10) {
      watch = watch.see(look(second, 0.5, 0.2));
    }

    assertThat(watch.failed()).isFalse();
    assertThat(watch.concerns())
        .containsExactly(
            new Concern(
                "error-rate above 0.05 for 2 min",
                Response.ROLLBACK,
                "error-rate above 0.05 for 2 min: 0.5000 of 500 samples",
                true,
                START));
  }

  @Test
  void aLimitInShadowThatIsNotMeasuredBlindsNobody() {
    LimitWatch watch = watch(ERRORS, SLOW.inShadow()).see(look(0, 0.01));

    assertThat(watch.verdict()).isEqualTo(new Verdict.Pass());
    assertThat(watch.blind()).isFalse();
  }

  @Test
  void aLimitThatAsksAndIsNotMeasuredIsNoPassAndNoReasonToGoBack() {
    assertThat(watch(ERRORS, SLOW.then(Response.ASK)).see(look(0, 0.01)).verdict())
        .isEqualTo(new Verdict.NotYet("p95 is not measured: no query is declared for p95"));
  }

  @Test
  void aConcernGoesOnWhileNobodySeesIt() {
    LimitWatch watch = lasting(watch(INVESTIGATE), 0, 0.03).see(silent(600));

    assertThat(watch.concerns())
        .extracting(Concern::reason)
        .containsExactly(
            "error-rate above 0.02 for 600 s: not measured now".replace("600 s", "10 min"));
  }

  @Test
  void whatIsNotAboutRequestsNeedsNone() {
    Limit alerts = new Limit(Metric.CRITICAL_ALERTS, 0.0, null, Duration.ZERO, 100);
    Look quiet = look(0, Map.of(Metric.CRITICAL_ALERTS, new Measurement.Value(0)), 0);
    Look firing = look(0, Map.of(Metric.CRITICAL_ALERTS, new Measurement.Value(1)), 0);

    assertThat(watch(alerts).see(quiet).verdict()).isEqualTo(new Verdict.Pass());
    assertThat(watch(alerts).see(firing).verdict())
        .isEqualTo(new Verdict.Fail("critical-alerts above 0.0 for 0 s: 1.000"));
  }

  @Test
  void looksRarelyOnlyWhileAllIsWell() {
    Duration calm = Duration.ofMinutes(5);
    Duration interval = Duration.ofSeconds(10);
    LimitWatch watch = watch(ERRORS, INVESTIGATE.inShadow());

    assertThat(watch.see(look(0, 0.01)).nextLook(calm)).isEqualTo(calm);
    assertThat(watch.see(look(0, 0.03)).nextLook(calm)).isEqualTo(interval);
    assertThat(watch.see(silent(0)).nextLook(calm)).isEqualTo(interval);
  }

  @Test
  void aBreachBetweenRareLooksIsDecidedAfterItsDurationAndNoLater() {
    Duration calm = Duration.ofMinutes(5);
    LimitWatch watch = watch(ERRORS);
    int second = 0;
    int breached = -1;
    while (!watch.failed()) {
      watch = watch.see(look(second, second < 310 ? 0.01 : 0.2));
      breached = breached < 0 && second >= 310 ? second : breached;
      if (!watch.failed()) {
        second += (int) watch.nextLook(calm).toSeconds();
      }
    }

    assertThat(breached).isEqualTo(600);
    assertThat(second - breached).isEqualTo(120);
  }

  @Test
  void onlyWhatSomebodyWasToldOfGoesOnIntoTheNextStep() {
    LimitWatch watch = lasting(watch(ERRORS, INVESTIGATE), 0, 0.03);
    WatchState carried = watch.see(look(130, 0.06)).told().carried();

    assertThat(carried.breachedSince().keySet()).containsExactly(INVESTIGATE.toString());
    assertThat(LimitWatch.from(carried, spec(INVESTIGATE)).see(look(140, 0.03)).hasNews(false))
        .isFalse();
  }

  @Test
  void aMetricWithoutALimitIsReadToo() {
    assertThat(look(0, 0.1, 0.2).readings(List.of(ERRORS)))
        .extracting(Reading::metric, Reading::limit)
        .contains(tuple(Metric.P95, null));
  }

  private static LimitWatch lasting(LimitWatch watch, int from, double errorRate) {
    LimitWatch seen = watch;
    for (int second = from; second <= from + 120; second += 10) {
      seen = seen.see(look(second, errorRate));
    }
    return seen;
  }

  private static LimitWatch watch(Limit... limits) {
    return LimitWatch.from(WatchState.EMPTY, spec(limits));
  }

  private static MetricsSpec spec(Limit... limits) {
    return spec(Duration.ofSeconds(10), limits);
  }

  private static MetricsSpec spec(Duration interval, Limit... limits) {
    return new MetricsSpec(
        URI.create("http://127.0.0.1:9090"),
        Map.of(),
        "",
        interval,
        Duration.ofSeconds(30),
        List.of(limits));
  }

  private static Look look(int second, double errorRate) {
    return errors(second, errorRate, 500);
  }

  private static Look errors(int second, double errorRate, double samples) {
    return look(second, Map.of(Metric.ERROR_RATE, new Measurement.Value(errorRate)), samples);
  }

  private static Look look(int second, double errorRate, double p95) {
    return look(
        second,
        Map.of(
            Metric.ERROR_RATE, new Measurement.Value(errorRate),
            Metric.P95, new Measurement.Value(p95)),
        500);
  }

  private static Look available(int second, double share, double samples) {
    return look(second, Map.of(Metric.AVAILABILITY, new Measurement.Value(share)), samples);
  }

  private static Look silent(int second) {
    Measurement nobody = new Measurement.Missing("nobody answers");
    return new Look(
        START.plusSeconds(second), Map.of(Metric.ERROR_RATE, nobody, Metric.P95, nobody), nobody);
  }

  private static Look look(int second, Map<Metric, Measurement> metrics, double samples) {
    return new Look(START.plusSeconds(second), metrics, new Measurement.Value(samples));
  }
}

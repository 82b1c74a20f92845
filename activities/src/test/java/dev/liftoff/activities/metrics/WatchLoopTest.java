package dev.liftoff.activities.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.liftoff.Payloads;
import dev.liftoff.activities.judge.Arm;
import dev.liftoff.container.Slot;
import dev.liftoff.metrics.JudgeSpec;
import dev.liftoff.metrics.Limit;
import dev.liftoff.metrics.Look;
import dev.liftoff.metrics.Measurement;
import dev.liftoff.metrics.Metric;
import dev.liftoff.metrics.MetricsSpec;
import dev.liftoff.metrics.Response;
import dev.liftoff.metrics.Verdict;
import dev.liftoff.metrics.Watch;
import dev.liftoff.metrics.WatchReport;
import dev.liftoff.metrics.WatchState;
import dev.liftoff.traffic.Weight;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class WatchLoopTest {
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

  private Instant now = START;
  private double errorRate = 0.01;
  private WatchProgress kept;
  private long failures;
  private Instant killedAt = Instant.MAX;
  private final List<Duration> looks = new ArrayList<>();
  private final List<Instant> beats = new ArrayList<>();

  @Test
  void looksAtTheBeginningAtEveryIntervalAndAtTheEnd() {
    WatchReport report = watch(Duration.ofSeconds(25));

    assertThat(looks).containsExactly(at(0), at(10), at(20), at(25));
    assertThat(report.looks()).isEqualTo(4);
    assertThat(report.verdict()).isEqualTo(new Verdict.Pass());
  }

  @Test
  void endsAtTheFailure() {
    errorRate = 0.5;

    assertThat(watch(Duration.ofHours(1)).verdict()).isInstanceOf(Verdict.Fail.class);
    assertThat(now).isEqualTo(START.plusSeconds(120));
  }

  @Test
  void aBreachIsDecidedOnTheSecondEvenBetweenTwoIntervals() {
    errorRate = 0.5;

    WatchReport report = watch(Duration.ofHours(1), Duration.ofMinutes(5), WatchState.EMPTY);

    assertThat(report.verdict()).isInstanceOf(Verdict.Fail.class);
    assertThat(looks).containsExactly(at(0), at(120));
  }

  @Test
  void looksRarelyWhileAllIsWellAndByTheIntervalWhenItIsNot() {
    loop().run(calm(Duration.ofMinutes(12)));
    assertThat(looks).containsExactly(at(0), at(300), at(600), at(720));

    looks.clear();
    kept = null;
    errorRate = 0.03;
    loop().run(calm(Duration.ofSeconds(30)));
    assertThat(looks).hasSize(4);
  }

  @Test
  void aConcernEndsTheWindowOnceAndNotWhileTheLaunchIsHeld() {
    errorRate = 0.03;

    WatchReport first = loop().run(calm(Duration.ofHours(1)));
    assertThat(first.verdict()).isEqualTo(new Verdict.Pass());
    assertThat(first.concerns()).hasSize(1);
    assertThat(now).isEqualTo(START.plusSeconds(120));

    kept = null;
    Watch next = calm(Duration.ofMinutes(5));
    WatchReport second =
        loop()
            .run(
                new Watch(
                    next.candidate(),
                    next.length(),
                    next.spec(),
                    first.state(),
                    null,
                    null,
                    null,
                    true));
    assertThat(second.concerns().getFirst().since()).isEqualTo(START);
    assertThat(now).isEqualTo(START.plusSeconds(120 + 300));
  }

  @Test
  void anAttemptAfterACrashStillEndsWithTheConcern() {
    errorRate = 0.03;
    killedAt = START.plusSeconds(65);
    assertThatThrownBy(() -> loop().run(calm(Duration.ofHours(1)))).isInstanceOf(Killed.class);

    killedAt = Instant.MAX;
    WatchReport report = loop().run(calm(Duration.ofHours(1)));

    assertThat(report.concerns()).hasSize(1);
    assertThat(now).isEqualTo(START.plusSeconds(120));
  }

  @Test
  void aLongWindowEndsAtTheHourAtWhichAWatchedThingHasChanged() {
    watched(() -> now.isAfter(START.plusSeconds(4_000))).run(lasting(Duration.ofHours(4)));

    assertThat(now).isEqualTo(START.plusSeconds(7_200));
  }

  @Test
  void aLongWindowEndsAtTheHourAtWhichNothingIsSeen() {
    errorRate = Double.NaN;

    WatchReport report = watched(() -> false).run(lasting(Duration.ofHours(4)));

    assertThat(report.verdict()).isInstanceOf(Verdict.NoData.class);
    assertThat(now).isEqualTo(START.plusSeconds(3_600));
  }

  @Test
  void aLongWindowOfAGoodCandidateGoesToItsEnd() {
    watched(() -> false).run(lasting(Duration.ofHours(4)));

    assertThat(now).isEqualTo(START.plusSeconds(14_400));
  }

  @Test
  void anAttemptAfterACrashAsksAtOnceWhatHasChanged() {
    killedAt = START.plusSeconds(1_000);
    assertThatThrownBy(() -> watched(() -> false).run(lasting(Duration.ofHours(4))))
        .isInstanceOf(Killed.class);

    killedAt = Instant.MAX;
    now = now.plusSeconds(15);
    Instant again = now;
    watched(() -> true).run(lasting(Duration.ofHours(4)));

    assertThat(now).isEqualTo(again);
  }

  @Test
  void beatsEverySecondBetweenTheLooks() {
    watch(Duration.ofSeconds(20));

    for (int second = 0; second <= 20; second++) {
      assertThat(beats).contains(START.plusSeconds(second));
    }
  }

  @Test
  void anAttemptAfterACrashGoesOnWhereTheLastHeartbeatWas() {
    errorRate = 0.5;
    killedAt = START.plusSeconds(65);
    assertThatThrownBy(() -> watch(Duration.ofMinutes(3))).isInstanceOf(Killed.class);

    killedAt = Instant.MAX;
    now = now.plusSeconds(15);
    WatchReport report = watch(Duration.ofMinutes(3));

    assertThat(report.verdict()).isInstanceOf(Verdict.Fail.class);
    assertThat(now).isEqualTo(START.plusSeconds(120));
    assertThat(report.looks()).isEqualTo(looks.size());
  }

  @Test
  void theTimeOfACrashIsNotPartOfTheWindow() {
    killedAt = START.plusSeconds(65);
    assertThatThrownBy(() -> watch(Duration.ofMinutes(3))).isInstanceOf(Killed.class);

    killedAt = Instant.MAX;
    now = now.plus(Duration.ofHours(1));
    Instant resumed = now;
    watch(Duration.ofMinutes(3));

    assertThat(Duration.between(resumed, now)).isEqualTo(Duration.ofSeconds(180 - 65));
  }

  @Test
  void blindLooksAreCounted() {
    errorRate = Double.NaN;

    WatchReport report = watch(Duration.ofSeconds(20));

    assertThat(report.blindLooks()).isEqualTo(3);
    assertThat(report.verdict()).isInstanceOf(Verdict.NoData.class);
  }

  @Test
  void anInterruptedWatchEndsAtOnceAndLeavesTheFlag() {
    WatchLoop loop =
        new WatchLoop(
            () -> now,
            _ -> {
              throw new InterruptedException();
            },
            memory(),
            this::look,
            this::count);

    assertThatThrownBy(
        () -> loop.run(window(Duration.ofHours(1), Duration.ofSeconds(10), WatchState.EMPTY)));
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void aJudgeThatWasKilledInTheMiddleHasTheSameEvidenceToTheBit() throws Exception {
    Watch window = judged(Duration.ofMinutes(5));
    WatchReport whole = loop().run(window);
    now = START;
    kept = null;
    killedAt = START.plusSeconds(60);
    assertThatThrownBy(() -> loop().run(window)).isInstanceOf(Killed.class);

    killedAt = Instant.MAX;
    kept =
        Payloads.mapper()
            .readValue(Payloads.mapper().writeValueAsString(kept), WatchProgress.class);
    WatchReport resumed = loop().run(window);

    assertThat(resumed.state().judge().toString()).isEqualTo(whole.state().judge().toString());
    assertThat(Docket.read(resumed.state().judge()).judge().tests().get("errors").worse().sums())
        .isNotEmpty();
    assertThat(resumed.looks()).isEqualTo(whole.looks());
  }

  @Test
  void theJudgeEndsTheWindowAsSoonAsItIsSure() {
    failures = 5;

    WatchReport report = loop().run(judged(Duration.ofHours(1)));

    assertThat(report.verdict()).isInstanceOf(Verdict.Fail.class);
    assertThat(report.judge()).startsWith("the judge is sure");
    assertThat(Duration.between(START, now)).isLessThanOrEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void aJudgeThatIsNotCertainIsNeitherAPassNorBlind() {
    WatchReport report = loop().run(judged(Duration.ofSeconds(30)));

    assertThat(report.verdict()).isInstanceOf(Verdict.NotYet.class);
    assertThat(report.blindLooks()).isZero();
  }

  @Test
  void aJudgeWithoutControlSaysSoAndLeavesTheDecisionToTheLimits() {
    Watch alone = judged(Duration.ofSeconds(30));
    failures = 5;

    WatchReport report =
        loop()
            .run(
                new Watch(
                    alone.candidate(), alone.length(), alone.spec(), alone.state(), Weight.ALL));

    assertThat(report.verdict()).isEqualTo(new Verdict.Pass());
    assertThat(report.judge()).contains("no control");
  }

  @Test
  void progressSurvivesBeingWrittenAndRead() throws Exception {
    errorRate = 0.5;
    watch(Duration.ofSeconds(10));

    String json = Payloads.mapper().writeValueAsString(kept);

    assertThat(Payloads.mapper().readValue(json, WatchProgress.class)).isEqualTo(kept);
  }

  private WatchReport watch(Duration length) {
    return watch(length, Duration.ofSeconds(10), WatchState.EMPTY);
  }

  private WatchReport watch(Duration length, Duration interval, WatchState state) {
    return loop().run(window(length, interval, state));
  }

  private WatchLoop loop() {
    return new WatchLoop(
        () -> now, pause -> now = now.plus(pause), memory(), this::look, this::count);
  }

  private WatchLoop watched(BooleanSupplier changed) {
    return new WatchLoop(
        () -> now,
        pause -> now = now.plus(pause),
        memory(),
        this::look,
        this::count,
        before -> before,
        changed);
  }

  private static Watch lasting(Duration length) {
    Watch calm = calm(length);
    return new Watch(
        calm.candidate(),
        length,
        calm.spec(),
        calm.state(),
        null,
        null,
        calm.calm(),
        false,
        Duration.ofHours(1));
  }

  private static Watch calm(Duration length) {
    Watch plain = window(length, Duration.ofSeconds(10), WatchState.EMPTY);
    MetricsSpec spec = plain.spec();
    return new Watch(
        plain.candidate(),
        length,
        new MetricsSpec(
            spec.prometheus(),
            spec.queries(),
            spec.samples(),
            spec.interval(),
            spec.staleAfter(),
            List.of(
                spec.limits().getFirst(),
                new Limit(
                    Metric.ERROR_RATE,
                    0.02,
                    null,
                    Duration.ofMinutes(2),
                    10,
                    Response.HOLD,
                    false))),
        plain.state(),
        null,
        null,
        Duration.ofMinutes(5),
        false);
  }

  private static Watch judged(Duration length) {
    Watch plain = window(length, Duration.ofSeconds(10), WatchState.EMPTY);
    MetricsSpec spec = plain.spec();
    JudgeSpec judge =
        ShopCounters.spec(JudgeSpec.Vote.ERROR, Duration.ofSeconds(5), Duration.ofHours(1));
    return new Watch(
        plain.candidate(),
        length,
        new MetricsSpec(
            spec.prometheus(),
            spec.queries(),
            spec.samples(),
            spec.interval(),
            spec.staleAfter(),
            spec.limits(),
            judge),
        plain.state(),
        new Weight(25));
  }

  /** 50 and 150 requests per second since the beginning. */
  private CounterWatch count(CounterWatch before) {
    long seconds = Duration.between(START, now).toSeconds();
    ShopCounters shop =
        new ShopCounters()
            .scrape(now)
            .serve(Slot.GREEN, 1_000 + 50 * seconds, 1 + seconds * failures + seconds / 7)
            .serve(Slot.BLUE, 1_000 + 150 * seconds, 1 + seconds / 3);
    CounterWatch open =
        before.docket().opening() == null
            ? before.with(before.docket().opened(new Docket.Opening(new Arm(60_000, 60), Map.of())))
            : before;
    return shop.apply(open);
  }

  private static Watch window(Duration length, Duration interval, WatchState state) {
    Limit limit = new Limit(Metric.ERROR_RATE, 0.05, null, Duration.ofMinutes(2), 10);
    return new Watch(
        Slot.GREEN,
        length,
        new MetricsSpec(
            URI.create("http://127.0.0.1:9090"),
            Map.of(),
            "",
            interval,
            Duration.ofSeconds(30),
            List.of(limit)),
        state);
  }

  private Look look() {
    looks.add(Duration.between(START, now));
    Measurement measured =
        Double.isNaN(errorRate)
            ? new Measurement.Missing("blind")
            : new Measurement.Value(errorRate);
    return new Look(now, Map.of(Metric.ERROR_RATE, measured), new Measurement.Value(100));
  }

  private WatchMemory memory() {
    return new WatchMemory() {
      @Override
      public Optional<WatchProgress> last() {
        return Optional.ofNullable(kept);
      }

      @Override
      public void keep(WatchProgress progress) {
        kept = progress;
        beats.add(now);
        if (!now.isBefore(killedAt)) {
          throw new Killed();
        }
      }
    };
  }

  private static Duration at(int second) {
    return Duration.ofSeconds(second);
  }

  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1;
  }
}

package dev.liftoff.activities.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.liftoff.Payloads;
import dev.liftoff.container.Slot;
import dev.liftoff.metrics.Limit;
import dev.liftoff.metrics.Look;
import dev.liftoff.metrics.Measurement;
import dev.liftoff.metrics.Metric;
import dev.liftoff.metrics.MetricsSpec;
import dev.liftoff.metrics.Verdict;
import dev.liftoff.metrics.Watch;
import dev.liftoff.metrics.WatchReport;
import dev.liftoff.metrics.WatchState;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WatchLoopTest {
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

  private Instant now = START;
  private double errorRate = 0.01;
  private WatchProgress kept;
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
            this::look);

    assertThatThrownBy(
        () -> loop.run(window(Duration.ofHours(1), Duration.ofSeconds(10), WatchState.EMPTY)));
    assertThat(Thread.interrupted()).isTrue();
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
    WatchLoop loop = new WatchLoop(() -> now, pause -> now = now.plus(pause), memory(), this::look);
    return loop.run(window(length, interval, state));
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

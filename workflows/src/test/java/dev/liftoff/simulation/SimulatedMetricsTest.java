package dev.liftoff.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.liftoff.container.Slot;
import dev.liftoff.metrics.Limit;
import dev.liftoff.metrics.Metric;
import dev.liftoff.metrics.Metrics;
import dev.liftoff.metrics.MetricsContract;
import dev.liftoff.metrics.MetricsSpec;
import dev.liftoff.metrics.Verdict;
import dev.liftoff.metrics.WatchState;
import dev.liftoff.traffic.Weight;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SimulatedMetricsTest extends MetricsContract {
  private Instant now = Instant.parse("2026-03-01T12:00:00Z");
  private Weight green = Weight.ALL;
  private final SimulatedMetrics metrics =
      new SimulatedMetrics(
          slot -> slot == Slot.GREEN ? green : green.rest(),
          () -> now,
          duration -> now = now.plus(duration));

  @Test
  void failsOnlyFromTheGivenWeightOn() {
    metrics.failingAt(new Weight(25));

    green = new Weight(24);
    assertThat(watch(Duration.ofSeconds(9), WatchState.EMPTY).verdict())
        .isEqualTo(new Verdict.Pass());

    green = new Weight(25);
    assertThat(watch(Duration.ofSeconds(9), WatchState.EMPTY).verdict())
        .isInstanceOf(Verdict.Fail.class);
  }

  @Test
  void blindnessEnds() {
    metrics.blindFor(Duration.ofSeconds(5));

    assertThat(watch(Duration.ofSeconds(10), WatchState.EMPTY))
        .satisfies(report -> {
          assertThat(report.verdict()).isEqualTo(new Verdict.Pass());
          assertThat(report.blindLooks()).isEqualTo(5);
        });
  }

  @Test
  void aSlotWithoutTrafficHasNoData() {
    green = Weight.NONE;

    assertThat(watch(Duration.ofSeconds(1), WatchState.EMPTY).verdict())
        .isInstanceOf(Verdict.NoData.class);
  }

  @Override
  protected Metrics metrics() {
    return metrics;
  }

  @Override
  protected MetricsSpec spec() {
    Duration lasting = Duration.ofSeconds(3);
    return new MetricsSpec(
        URI.create("http://127.0.0.1:9090"),
        Map.of(),
        "",
        Duration.ofSeconds(1),
        Duration.ofSeconds(3),
        List.of(
            new Limit(Metric.ERROR_RATE, 0.05, null, lasting, 10),
            new Limit(Metric.AVAILABILITY, null, 0.95, lasting, 0)));
  }

  @Override
  protected void greenServesWell() {
    metrics.healthy();
  }

  @Override
  protected void greenFails() {
    metrics.healthy().failingAt(Weight.ALL);
  }

  @Override
  protected void greenIsSilent() {
    metrics.blindFor(Duration.ofHours(1));
  }

  @Override
  protected Instant now() {
    return now;
  }

  @Override
  protected String requestRate() {
    return "rate";
  }
}

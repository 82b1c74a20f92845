package dev.liftoff.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.liftoff.Payloads;
import dev.liftoff.container.Slot;
import dev.liftoff.metrics.Metric;
import dev.liftoff.metrics.MetricsSpec;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ThrottledTest {
  @Test
  void whatWasSlowedTellsForHowLongAndWhy() {
    assertThat(new Throttled(0.3, 0.9, Duration.ofMillis(12_400), 9, 0, null).sentence())
        .isEqualTo("slowed for 12 s, p95 at worst 0.900 s, 0.300 s before");
  }

  @Test
  void lessThanASecondIsNotNothing() {
    assertThat(new Throttled(0.3, 0.9, Duration.ofMillis(5), 9, 0, null).sentence())
        .startsWith("slowed for 1 s");
  }

  @Test
  void whatWasNotMeasuredIsNeverCalledFine() {
    assertThat(Throttled.unmeasured("the plan has no query for it").sentence())
        .isEqualTo("not slowed: p95 not measured, the plan has no query for it");
    assertThat(new Throttled(0.3, null, Duration.ZERO, 4, 4, null).sentence())
        .isEqualTo(
            "never slowed, p95 not measured meanwhile, 0.300 s before, 4 of 4 looks without data");
  }

  @Test
  void aBackupLooksAtTheP95OfTheSlotThatServesAndAtNothingElse() {
    LatencyWatch watch =
        LatencyWatch.of(metrics(Map.of(Metric.P95, "p95", Metric.ERROR_RATE, "e")), Slot.GREEN);

    assertThat(watch.serving()).isEqualTo(Slot.GREEN);
    assertThat(watch.metrics().queries()).containsExactly(Map.entry(Metric.P95, "p95"));
    assertThat(LatencyWatch.of(metrics(Map.of(Metric.ERROR_RATE, "e")), Slot.GREEN)).isNull();
  }

  @Test
  void aPlanFromBeforeItGivesWayByDefault() throws Exception {
    String old = "{\"method\":\"auto\",\"keep\":\"PT336H\"}";

    assertThat(Payloads.mapper().readValue(old, BackupSpec.class)).isEqualTo(BackupSpec.DEFAULT);
    assertThat(BackupSpec.DEFAULT.throttle()).isEqualTo(ThrottleSpec.DEFAULT);
  }

  private static MetricsSpec metrics(Map<Metric, String> queries) {
    return new MetricsSpec(
        URI.create("http://127.0.0.1:9090"),
        queries,
        "samples",
        Duration.ofSeconds(10),
        Duration.ofSeconds(60),
        List.of());
  }
}

package dev.liftoff.activities.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.liftoff.LaunchId;
import dev.liftoff.activities.LocalProcess;
import dev.liftoff.container.Slot;
import dev.liftoff.metrics.Instrumentation;
import dev.liftoff.metrics.MetricsSpec;
import dev.liftoff.metrics.Response;
import dev.liftoff.metrics.watched.Baselines;
import dev.liftoff.metrics.watched.Direction;
import dev.liftoff.metrics.watched.KnownThing;
import dev.liftoff.metrics.watched.LookBack;
import dev.liftoff.metrics.watched.ReadyQueries;
import dev.liftoff.metrics.watched.Reference;
import dev.liftoff.metrics.watched.Rule;
import dev.liftoff.metrics.watched.Span;
import dev.liftoff.metrics.watched.Thing;
import dev.liftoff.metrics.watched.Watched;
import dev.liftoff.metrics.watched.Watched.State;
import dev.liftoff.metrics.watched.WatchedSpec;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A real Prometheus that remembers a week, in which green was launched a quarter of an hour ago.
 */
class PrometheusThingsIT {
  private static final LaunchId LAUNCH = LaunchId.parse("shop/test/2.0.0/1");

  // The whole past of the class is written relative to this one moment.
  @SuppressWarnings("TimeInStaticInitializer")
  private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);

  private static final Instant ZERO = NOW.minus(Duration.ofMinutes(15));
  private static final Rule TENTH = new Rule.Within(0.1, 0, Direction.BOTH);
  private static final int PORT = LocalProcess.freePort();

  @TempDir private static Path folder;
  private static LocalProcess prometheus;

  @BeforeAll
  static void remember() throws Exception {
    Files.writeString(folder.resolve("past.om"), WeekOfShop.until(NOW, ZERO));
    Files.writeString(folder.resolve("prometheus.yml"), "global: {scrape_interval: 15s}\n");
    LocalProcess.start(
            folder,
            List.of(
                "/usr/bin/promtool",
                "tsdb",
                "create-blocks-from",
                "openmetrics",
                "past.om",
                "data"))
        .awaitEnd(Duration.ofMinutes(1));
    prometheus =
        LocalProcess.start(
                folder,
                List.of(
                    "/usr/bin/prometheus",
                    "--config.file=prometheus.yml",
                    "--storage.tsdb.path=data",
                    "--web.listen-address=127.0.0.1:" + PORT))
            .awaitPort(PORT);
  }

  @AfterAll
  static void stop() {
    prometheus.close();
  }

  @Test
  void theBaselineIsTheMeanOfTheHourBeforeTheLaunch() {
    Baselines before = baselines(requestRate());

    assertThat(before.slot()).isEqualTo(Slot.BLUE);
    assertThat(before.of(requestRate()).value()).isCloseTo(200, within(2.0));
  }

  @Test
  void aRequestRateIsHeldAgainstTheHourBeforeYesterdayAndTheWeekBefore() {
    Watched seen = compare(requestRate());

    assertThat(seen.value()).isCloseTo(140, within(2.0));
    assertThat(seen.references().stream().map(Reference::when))
        .containsExactly(
            "before the launch", "at the same hour 1 day before", "at the same hour 7 days before");
    assertThat(seen.references().get(1).value()).isCloseTo(195, within(2.0));
    assertThat(seen.references().get(2).value())
        .as("green served then, and blue stood by with 0")
        .isCloseTo(220, within(2.0));
    assertThat(seen.state()).isEqualTo(State.BREACH);
    assertThat(seen.reason()).startsWith("1").contains(" is beyond 10 % of ");
  }

  @Test
  void whatIsUsualAtThisHourIsNoBreach() {
    Watched seen = compare(thing("orders", "60 * sum(rate(orders_total[2m]))", TENTH));

    assertThat(seen.references().getFirst().value()).isCloseTo(60, within(1.0));
    assertThat(seen.value()).isCloseTo(30, within(1.0));
    assertThat(seen.state()).isEqualTo(State.OK);
    assertThat(seen.reason()).contains("at the same hour 1 day before");
  }

  @Test
  void memoryThatLeaksIsToldFromMemoryThatIsCollected() {
    Rule trend = new Rule.Trend(0.05);

    Watched leaking =
        compare(
            new Thing(
                "memory",
                "sum(memory_bytes{slot=\"{slot}\"})",
                trend,
                Duration.ofMinutes(12),
                Response.HOLD));
    Baselines collected = baselines(thing("memory", "sum(memory_bytes{slot=\"{slot}\"})", trend));

    assertThat(leaking.value()).as("60 of 500 in an hour").isCloseTo(0.12, within(0.01));
    assertThat(leaking.state()).isEqualTo(State.BREACH);
    assertThat(collected.before().get("memory").value()).isCloseTo(0, within(0.01));
  }

  @Test
  void aShareOfNothingIsNoDataAndNoBreach() {
    Watched seen =
        compare(thing("errors", "sum(rate(none_total[2m])) / sum(rate(none_total[2m]))", TENTH));

    assertThat(seen.state()).isEqualTo(State.NO_DATA);
    assertThat(seen.reason()).startsWith("not measured: measured at 0 of 61 times");
  }

  @Test
  void whatHasStoppedIsNoDataAlthoughItsLastValueIsStillThere() {
    Watched seen = compare(thing("gone", "sum(gone_gauge)", new Rule.Bounds(10.0, null)));

    assertThat(seen.state()).isEqualTo(State.NO_DATA);
    assertThat(seen.reason()).contains("no sample of gone_gauge in the last 120000ms");
  }

  @Test
  void severalSeriesOneWrongQueryAndOneThatIsUnknownAreNoDataEachInItsOwnWords() {
    List<Watched> seen =
        compare(
            List.of(
                thing("several", "rate(requests_total[2m])", TENTH),
                thing("wrong", "sum(requests_total{slot=", TENTH),
                thing("unknown", "sum(no_such_metric)", TENTH),
                requestRate()));

    assertThat(seen.stream().map(Watched::state))
        .containsExactly(State.NO_DATA, State.NO_DATA, State.NO_DATA, State.BREACH);
    assertThat(seen.get(0).reason()).contains("2 series instead of one");
    assertThat(seen.get(1).reason()).contains("parse error");
    assertThat(seen.get(2).reason()).contains("no sample of no_such_metric");
  }

  @ParameterizedTest
  @EnumSource
  void everyReadyQueryIsPromQLForOneNumber(Instrumentation from) {
    ReadyQueries ready = new ReadyQueries(from, "service=\"{service}\"");
    List<Thing> things =
        Arrays.stream(KnownThing.values())
            .flatMap(
                known -> ready.of(known).map(query -> thing(known.word(), query, TENTH)).stream())
            .toList();

    assertThat(things).hasSizeGreaterThan(3);
    Prometheus asked =
        new Prometheus(
            Prometheus.client(Duration.ofSeconds(20)), URI.create("http://127.0.0.1:" + PORT));
    assertThat(things)
        .allSatisfy(thing ->
            assertThat(
                    asked.ask(
                        PrometheusEyes.filled(thing.query(), LAUNCH, Slot.GREEN),
                        new Span(ZERO, NOW)))
                .isEqualTo(
                    new Ranged.Refused("prometheus knows no series for the query at that time")));
  }

  @Test
  void aPrometheusThatDoesNotAnswerIsNoData() {
    MetricsSpec away = spec(LocalProcess.freePort(), List.of(requestRate()));

    Baselines before = metrics(ZERO).baselines(LAUNCH, away, Slot.BLUE);
    List<Watched> seen = metrics(NOW).compare(LAUNCH, away, new LookBack(Slot.GREEN, ZERO, before));

    assertThat(before.of(requestRate()).why()).contains("does not answer");
    assertThat(seen.getFirst().state()).isEqualTo(State.NO_DATA);
  }

  private static Baselines baselines(Thing... things) {
    return metrics(ZERO).baselines(LAUNCH, spec(PORT, List.of(things)), Slot.BLUE);
  }

  private static Watched compare(Thing thing) {
    return compare(List.of(thing)).getFirst();
  }

  private static List<Watched> compare(List<Thing> things) {
    Baselines before = baselines(things.toArray(Thing[]::new));
    return metrics(NOW).compare(LAUNCH, spec(PORT, things), new LookBack(Slot.GREEN, ZERO, before));
  }

  private static PrometheusMetrics metrics(Instant now) {
    return new PrometheusMetrics(
        new PrometheusMetrics.Settings(Duration.ofSeconds(20), Clock.fixed(now, ZoneOffset.UTC)),
        new WatchMemory() {
          @Override
          public Optional<WatchProgress> last() {
            return Optional.empty();
          }

          @Override
          public void keep(WatchProgress progress) {}
        });
  }

  private static Thing requestRate() {
    return thing("request-rate", "sum(rate(requests_total{slot=\"{slot}\"}[2m]))", TENTH);
  }

  private static Thing thing(String name, String query, Rule rule) {
    return new Thing(name, query, rule, Duration.ofMinutes(5), Response.HOLD);
  }

  private static MetricsSpec spec(int port, List<Thing> things) {
    return new MetricsSpec(
        URI.create("http://127.0.0.1:" + port),
        Map.of(),
        "",
        Duration.ofSeconds(1),
        Duration.ofMinutes(2),
        List.of(),
        null,
        new WatchedSpec(Duration.ofHours(1), things));
  }
}

package dev.liftoff.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.liftoff.LaunchId;
import dev.liftoff.container.Slot;
import dev.liftoff.metrics.watched.Baselines;
import dev.liftoff.metrics.watched.Direction;
import dev.liftoff.metrics.watched.LookBack;
import dev.liftoff.metrics.watched.Reference;
import dev.liftoff.metrics.watched.Rule;
import dev.liftoff.metrics.watched.Thing;
import dev.liftoff.metrics.watched.Watched;
import dev.liftoff.metrics.watched.WatchedSpec;
import dev.liftoff.traffic.Weight;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What every monitoring system must answer. */
public abstract class MetricsContract {
  protected static final LaunchId LAUNCH = LaunchId.parse("shop/test/2.0.0/1");

  protected abstract Metrics metrics();

  /** Limits that last 3 s and are looked at every second; the error rate comes first. */
  protected abstract MetricsSpec spec();

  /** Green serves requests, and well; returns when the monitoring knows. */
  protected abstract void greenServesWell();

  /** Green serves requests, and a third of them fail; returns when the monitoring knows. */
  protected abstract void greenFails();

  /** Nothing is known of green any more; returns when that is so. */
  protected abstract void greenIsSilent();

  /** The time of the monitoring. */
  protected abstract Instant now();

  /** PromQL for the requests per second of a slot. */
  protected abstract String requestRate();

  @Test
  public void aThingThatGoesOnAsItWasIsOk() {
    greenServesWell();

    Baselines before = metrics().baselines(LAUNCH, watching(), Slot.GREEN);
    List<Watched> seen = metrics().compare(LAUNCH, watching(), lookBack(before));

    assertThat(before.of(things().getFirst()).value()).isPositive();
    assertThat(seen.stream().map(Watched::name)).containsExactly("request-rate", "later");
    assertThat(seen.getFirst().state()).isEqualTo(Watched.State.OK);
    assertThat(seen.getFirst().references().getFirst()).isEqualTo(before.of(things().getFirst()));
    assertThat(seen.getLast().state()).isEqualTo(Watched.State.NOT_YET);
  }

  @Test
  public void aThingThatIsNotMeasuredHasNoBaselineAndIsNeverOk() {
    greenIsSilent();

    Baselines before = metrics().baselines(LAUNCH, watching(), Slot.GREEN);
    List<Watched> seen = metrics().compare(LAUNCH, watching(), lookBack(before));

    assertThat(before.of(things().getFirst()).why()).isNotBlank();
    assertThat(seen.getFirst().state()).isEqualTo(Watched.State.NO_DATA);
    assertThat(seen.getFirst().reason()).startsWith("not measured: ");
  }

  @Test
  public void aWindowEndsWithTheWatchedThings() {
    greenServesWell();
    Baselines before =
        new Baselines(
            Slot.BLUE,
            now().minusSeconds(60),
            Map.of("request-rate", new Reference("before the launch", 1e6, null)));

    WatchReport report =
        metrics()
            .watch(
                LAUNCH,
                new Watch(
                    Slot.GREEN,
                    Duration.ofSeconds(1),
                    watching(),
                    WatchState.EMPTY,
                    Weight.ALL,
                    lookBack(before)));

    assertThat(report.watched()).hasSize(2);
    assertThat(report.verdict()).isEqualTo(new Verdict.Pass());
  }

  private LookBack lookBack(Baselines before) {
    return new LookBack(Slot.GREEN, now().minusSeconds(30), before);
  }

  private MetricsSpec watching() {
    MetricsSpec spec = spec();
    return new MetricsSpec(
        spec.prometheus(),
        spec.queries(),
        spec.samples(),
        spec.interval(),
        spec.staleAfter(),
        spec.limits(),
        null,
        new WatchedSpec(Duration.ofSeconds(4), things()));
  }

  /** Generous: what is compared was measured on a busy machine. */
  private List<Thing> things() {
    Rule generous = new Rule.Within(0.9, 0, Direction.BOTH);
    return List.of(
        new Thing("request-rate", requestRate(), generous, Duration.ofSeconds(4), Response.HOLD),
        new Thing("later", requestRate(), generous, Duration.ofHours(1), Response.HOLD));
  }

  @Test
  public void aHealthyCandidatePasses() {
    greenServesWell();

    WatchReport report = watch(Duration.ofSeconds(2), WatchState.EMPTY);

    assertThat(report.verdict()).isEqualTo(new Verdict.Pass());
    assertThat(report.readings()).allMatch(reading -> reading.state() == Reading.State.OK);
    assertThat(report.blindLooks()).isZero();
    // A look at a busy system may take as long as the pause between two.
    assertThat(report.looks()).isBetween(1, 4);
  }

  @Test
  public void aFailureEndsTheWindowEarly() {
    greenFails();
    Instant before = Instant.now();

    WatchReport report = watch(Duration.ofMinutes(10), WatchState.EMPTY);

    assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofMinutes(5));
    assertThat(report.verdict())
        .isInstanceOfSatisfying(
            Verdict.Fail.class,
            fail -> assertThat(fail.reason()).contains("error-rate above 0.05 for"));
  }

  @Test
  public void aBreachThatIsTooShortLeavesTheWindowUndecidedAndIsCarriedIntoTheNext() {
    greenFails();

    WatchReport first = watch(Duration.ofSeconds(1), WatchState.EMPTY);
    assertThat(first.verdict())
        .isInstanceOfSatisfying(
            Verdict.NoData.class,
            open -> assertThat(open.reason()).contains("error-rate above 0.05 since"));

    WatchReport second = watch(Duration.ofSeconds(4), first.state());
    assertThat(second.verdict()).isInstanceOf(Verdict.Fail.class);
    assertThat(second.state().breachedSince()).containsAllEntriesOf(first.state().breachedSince());
  }

  @Test
  public void aRecoveryIsForgiven() {
    greenFails();
    WatchState breached = watch(Duration.ZERO, WatchState.EMPTY).state();
    greenServesWell();

    WatchReport report = watch(Duration.ofSeconds(1), breached);

    assertThat(report.verdict()).isEqualTo(new Verdict.Pass());
    assertThat(report.state().breachedSince()).isEmpty();
  }

  @Test
  public void silenceIsNeverAPassAndNeverAFailure() {
    greenIsSilent();

    WatchReport report = watch(Duration.ofSeconds(4), WatchState.EMPTY);

    assertThat(report.verdict()).isInstanceOf(Verdict.NoData.class);
    assertThat(report.blindLooks()).isEqualTo(report.looks());
  }

  @Test
  public void aWindowOfNoLengthIsOneLook() {
    greenServesWell();

    assertThat(watch(Duration.ZERO, WatchState.EMPTY).looks()).isOne();
  }

  @Test
  public void aReadingHoldsTheMetricAgainstItsLimitNow() {
    greenFails();

    Map<Metric, Reading.State> states =
        metrics().read(LAUNCH, spec(), Slot.GREEN).stream()
            .collect(java.util.stream.Collectors.toMap(Reading::metric, Reading::state));

    assertThat(states).containsEntry(Metric.ERROR_RATE, Reading.State.BREACH);
  }

  @Test
  public void whatIsNotMeasuredIsReadAsNoDataWithItsReason() {
    greenIsSilent();

    assertThat(metrics().read(LAUNCH, spec(), Slot.GREEN))
        .isNotEmpty()
        .allSatisfy(reading -> {
          assertThat(reading.state()).isEqualTo(Reading.State.NO_DATA);
          assertThat(reading.why()).isNotBlank();
        });
  }

  @Test
  public void whatIsServedBetweenTwoCountsIsCounted() {
    greenServesWell();

    Served begun = served(Served.NOTHING);
    WatchReport _ = watch(Duration.ofSeconds(3), WatchState.EMPTY);
    Served later = served(begun);

    assertThat(begun.requests()).isZero();
    assertThat(later.requests()).isPositive();
    assertThat(later.why()).isNull();
    assertThat(served(later).requests()).isGreaterThanOrEqualTo(later.requests());
  }

  @Test
  public void aCountThatSeesNothingKeepsWhatWasKnownAndSaysWhy() {
    greenServesWell();
    Served begun = served(Served.NOTHING);
    greenIsSilent();

    Served blind = served(begun);

    assertThat(blind.requests()).isEqualTo(begun.requests());
    assertThat(blind.counters()).isEqualTo(begun.counters());
    assertThat(blind.why()).isNotBlank();
  }

  private Served served(Served before) {
    return metrics()
        .served(LAUNCH, new Count(Slot.GREEN, "requests_total{slot=\"{slot}\"}", spec(), before));
  }

  @Test
  public void aLimitThatHoldsEndsTheWindowOnceAndIsNamedAsLongAsItGoesOn() {
    greenFails();
    Instant before = Instant.now();

    WatchReport first =
        watch(spec(limit -> limit.then(Response.HOLD)), Duration.ofMinutes(10), WatchState.EMPTY);
    assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofMinutes(5));
    assertThat(first.verdict()).isEqualTo(new Verdict.Pass());
    assertThat(first.concerns())
        .extracting(Concern::response)
        .contains(Response.HOLD)
        .containsOnly(Response.HOLD);

    WatchReport second =
        watch(spec(limit -> limit.then(Response.HOLD)), Duration.ofSeconds(2), first.state());
    assertThat(second.looks()).isBetween(2, 4);
    assertThat(second.concerns())
        .extracting(Concern::what, Concern::since)
        .containsAll(
            first.concerns().stream()
                .map(concern -> tuple(concern.what(), concern.since()))
                .toList());
  }

  @Test
  public void aLimitInShadowIsNamedAndFailsNothing() {
    greenFails();

    WatchReport report = watch(spec(Limit::inShadow), Duration.ofSeconds(6), WatchState.EMPTY);

    assertThat(report.verdict()).isEqualTo(new Verdict.Pass());
    assertThat(report.concerns()).isNotEmpty().allMatch(Concern::shadow);
  }

  private MetricsSpec spec(UnaryOperator<Limit> change) {
    MetricsSpec spec = spec();
    return new MetricsSpec(
        spec.prometheus(),
        spec.queries(),
        spec.samples(),
        spec.interval(),
        spec.staleAfter(),
        spec.limits().stream().map(change).toList());
  }

  private WatchReport watch(MetricsSpec spec, Duration length, WatchState state) {
    return metrics().watch(LAUNCH, new Watch(Slot.GREEN, length, spec, state));
  }

  protected WatchReport watch(Duration length, WatchState state) {
    return metrics().watch(LAUNCH, new Watch(Slot.GREEN, length, spec(), state));
  }
}

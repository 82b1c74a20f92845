package dev.liftoff.simulation;

import dev.liftoff.LaunchId;
import dev.liftoff.container.Slot;
import dev.liftoff.metrics.Calibrated;
import dev.liftoff.metrics.Concern;
import dev.liftoff.metrics.Count;
import dev.liftoff.metrics.Counted;
import dev.liftoff.metrics.Counting;
import dev.liftoff.metrics.Interim;
import dev.liftoff.metrics.LimitWatch;
import dev.liftoff.metrics.Look;
import dev.liftoff.metrics.Measurement;
import dev.liftoff.metrics.Metric;
import dev.liftoff.metrics.Metrics;
import dev.liftoff.metrics.MetricsSpec;
import dev.liftoff.metrics.Reading;
import dev.liftoff.metrics.Served;
import dev.liftoff.metrics.Sign;
import dev.liftoff.metrics.Toll;
import dev.liftoff.metrics.Verdict;
import dev.liftoff.metrics.Watch;
import dev.liftoff.metrics.WatchReport;
import dev.liftoff.metrics.WatchState;
import dev.liftoff.metrics.watched.Ask;
import dev.liftoff.metrics.watched.Baselines;
import dev.liftoff.metrics.watched.Comparisons;
import dev.liftoff.metrics.watched.LookBack;
import dev.liftoff.metrics.watched.Watched;
import dev.liftoff.traffic.Weight;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A monitoring system that sees what it is told to see, judged by the real rules. */
public final class SimulatedMetrics implements Metrics {
  private static final Verdict CERTIFIED = new Verdict.Pass();
  private static final String TARGET = "simulated";

  private final Function<Slot, Weight> weights;
  private final InstantSource clock;
  private final Consumer<Duration> pass;
  private final SimulatedGauges gauges = new SimulatedGauges();
  private Instant blindUntil = Instant.MIN;
  private double rate = 200;
  private Comparison comparison = _ -> CERTIFIED;
  private Calibrated calibrated = Calibrated.unknown("the simulated monitoring has no history");
  private WatchState lastState = WatchState.EMPTY;
  private List<Concern> concerns = List.of();
  private final SimulatedThings things = new SimulatedThings();
  private final SimulatedToll toll;

  /**
   * @param weights the weight of a slot now, as the simulated proxy has it
   * @param clock the time of the simulated world
   * @param pass lets that time pass
   */
  public SimulatedMetrics(
      Function<Slot, Weight> weights, InstantSource clock, Consumer<Duration> pass) {
    this.weights = weights;
    this.clock = clock;
    this.pass = pass;
    toll = new SimulatedToll(weights, clock, this::failing);
  }

  /** Every slot that has this weight or more breaches every limit there is. */
  public synchronized SimulatedMetrics failingAt(Weight weight) {
    gauges.failFrom(weight);
    return this;
  }

  /** This metric has this value, whatever else is said. */
  public SimulatedMetrics seeing(Metric metric, double value) {
    return seeing(metric, _ -> value);
  }

  /** The same with a value that changes. */
  public synchronized SimulatedMetrics seeing(Metric metric, ToDoubleFunction<Instant> value) {
    gauges.tell(metric, value);
    return this;
  }

  /** The trouble is over. */
  public synchronized SimulatedMetrics healthy() {
    gauges.recover();
    blindUntil = Instant.MIN;
    return this;
  }

  /** Nothing is measured for this long from now on. */
  public synchronized SimulatedMetrics blindFor(Duration duration) {
    blindUntil = clock.instant().plus(duration);
    return this;
  }

  /** What a judge says who has both sides before him. */
  public interface Comparison {
    Verdict at(Instant now);
  }

  /** Where a plan has a judge, this is what he says; a certificate if nothing else is said. */
  public synchronized SimulatedMetrics judged(Comparison verdict) {
    comparison = verdict;
    return this;
  }

  /** Every window ends with these concerns, until something else is said. */
  public synchronized SimulatedMetrics concerned(Concern... now) {
    concerns = List.of(now);
    return this;
  }

  /** How a watched thing goes; null where it is not measured. */
  public interface Going {
    @Nullable Double at(Instant time);
  }

  /** This watched thing goes like this; all others are the same for ever. */
  public synchronized SimulatedMetrics watched(String name, Going going) {
    things.tell(name, going);
    return this;
  }

  @Override
  public List<Reading> read(LaunchId launch, MetricsSpec spec, Slot slot) {
    return look(slot, spec).readings(spec.limits());
  }

  /** So many requests reach the service in a second, whichever slot serves them. */
  public synchronized SimulatedMetrics serving(double requestsPerSecond) {
    rate = requestsPerSecond;
    return this;
  }

  /** Between two counts the slot had the weight that it has at the second one. */
  @Override
  public synchronized Served served(LaunchId launch, Count count) {
    Instant now = clock.instant();
    if (now.isBefore(blindUntil)) {
      return count.before().unseen("the simulated monitoring is blind");
    }
    Map<String, Double> last = count.before().counters().getOrDefault(TARGET, Map.of());
    double seconds = now.toEpochMilli() / 1000.0;
    double passed = seconds - last.getOrDefault(TARGET, seconds);
    double share = weights.apply(count.slot()).percent() / 100.0;
    return new Served(
        count.before().requests() + Math.round(passed * rate * share),
        Map.of(TARGET, Map.of(TARGET, seconds)),
        null);
  }

  /** What is learned from the history. */
  public synchronized SimulatedMetrics learning(Calibrated learned) {
    calibrated = learned;
    return this;
  }

  /** What the last watch was asked to go on from. */
  public synchronized WatchState lastState() {
    return lastState;
  }

  @Override
  public synchronized Calibrated calibrate(LaunchId launch, MetricsSpec spec, Slot baseline) {
    return calibrated;
  }

  @Override
  public WatchReport watch(LaunchId launch, Watch watch) {
    remember(watch.state());
    Instant end = clock.instant().plus(watch.length());
    LimitWatch limits = LimitWatch.from(watch.state(), watch.spec()).see(look(watch));
    WatchState exposed = exposed(watch, watch.state(), limits);
    Interim interim = new Interim(watch, clock.instant(), false, () -> hasNews(watch));
    int looks = 1;
    int blindLooks = limits.blind() ? 1 : 0;
    while (!failed(limits, watch)
        && !limits.hasNews(watch.held())
        && clock.instant().isBefore(end)
        && !interim.ends(clock.instant(), verdict(limits, watch) instanceof Verdict.Pass)) {
      pass.accept(shorter(limits.nextLook(watch.pace()), Duration.between(clock.instant(), end)));
      limits = limits.see(look(watch));
      exposed = exposed(watch, exposed, limits);
      looks++;
      blindLooks += limits.blind() ? 1 : 0;
    }
    return new WatchReport(
            verdict(limits, watch),
            limits.readings(),
            limits.told().exposed(exposed.toll(), exposed.sign()),
            looks,
            blindLooks,
            watch.noControl(),
            Stream.concat(limits.concerns().stream(), concerns().stream()).toList())
        .with(things(limits, watch));
  }

  private boolean hasNews(Watch watch) {
    LookBack look = watch.lookBack();
    return look != null && look.isNews(compare(watch.spec(), look, clock.instant()));
  }

  private List<Watched> things(LimitWatch limits, Watch watch) {
    return watch.lookBack() == null || failed(limits, watch)
        ? List.of()
        : compare(watch.spec(), watch.lookBack(), clock.instant());
  }

  private synchronized List<Concern> concerns() {
    return concerns;
  }

  @Override
  public synchronized Baselines baselines(LaunchId launch, MetricsSpec spec, Slot serving) {
    return new Comparisons(spec.beside(), this::measured).before(serving, clock.instant());
  }

  @Override
  public List<Watched> compare(LaunchId launch, MetricsSpec spec, LookBack look) {
    return compare(spec, look, clock.instant());
  }

  private synchronized List<Watched> compare(MetricsSpec spec, LookBack look, Instant now) {
    return new Comparisons(spec.beside(), this::measured).compare(look, now);
  }

  private List<Measurement> measured(List<Ask> asks) {
    return clock.instant().isBefore(blindUntil)
        ? asks.stream().map(_ -> SimulatedGauges.BLIND).toList()
        : things.apply(asks);
  }

  @Override
  public synchronized Counted toll(
      LaunchId launch, MetricsSpec spec, Slot slot, Counting counting) {
    return clock.instant().isBefore(blindUntil)
        ? new Counted(counting.before(), false, "the simulated monitoring is blind")
        : new Counted(toll.after(slot, counting.before(), true), true, null);
  }

  private synchronized WatchState exposed(Watch watch, WatchState before, LimitWatch limits) {
    boolean counts = watch.spec().judge() != null && !clock.instant().isBefore(blindUntil);
    Toll now =
        counts
            ? toll.after(watch.candidate(), before.toll(), before.toll() != null)
            : before.toll();
    double evidence = verdict(limits, watch) instanceof Verdict.Fail ? 100 : 1;
    return before.exposed(
        now,
        Sign.after(before.sign(), clock.instant(), limits.readings(), evidence, limits.blind()));
  }

  private double failing(Slot slot) {
    return gauges.errorRate(weights.apply(slot));
  }

  private boolean failed(LimitWatch limits, Watch watch) {
    return verdict(limits, watch) instanceof Verdict.Fail;
  }

  private synchronized void remember(WatchState state) {
    lastState = state;
  }

  private synchronized Verdict verdict(LimitWatch limits, Watch watch) {
    return watch.compares() ? limits.verdict().and(judge()) : limits.verdict();
  }

  private Verdict judge() {
    Instant now = clock.instant();
    return now.isBefore(blindUntil)
        ? new Verdict.NoData("the judge saw nothing")
        : comparison.at(now);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private Look look(Watch watch) {
    return look(watch.candidate(), watch.spec());
  }

  private synchronized Look look(Slot slot, MetricsSpec spec) {
    Instant now = clock.instant();
    return now.isBefore(blindUntil)
        ? SimulatedGauges.blind(now, spec)
        : gauges.look(now, weights.apply(slot), spec);
  }
}

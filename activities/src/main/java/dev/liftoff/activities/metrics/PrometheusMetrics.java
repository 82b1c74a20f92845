package dev.liftoff.activities.metrics;

import dev.liftoff.LaunchId;
import dev.liftoff.activities.Heartbeat;
import dev.liftoff.container.Slot;
import dev.liftoff.metrics.Calibrated;
import dev.liftoff.metrics.Count;
import dev.liftoff.metrics.Counted;
import dev.liftoff.metrics.Counting;
import dev.liftoff.metrics.JudgeSpec;
import dev.liftoff.metrics.Metrics;
import dev.liftoff.metrics.MetricsSpec;
import dev.liftoff.metrics.Reading;
import dev.liftoff.metrics.Served;
import dev.liftoff.metrics.Toll;
import dev.liftoff.metrics.Verdict;
import dev.liftoff.metrics.Watch;
import dev.liftoff.metrics.WatchReport;
import dev.liftoff.metrics.watched.Baselines;
import dev.liftoff.metrics.watched.Comparisons;
import dev.liftoff.metrics.watched.LookBack;
import dev.liftoff.metrics.watched.Watched;
import io.temporal.activity.Activity;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Metrics from the HTTP API of Prometheus, by instant queries. */
public final class PrometheusMetrics implements Metrics {
  private static final Logger log = LoggerFactory.getLogger(PrometheusMetrics.class);
  private static final Duration FIRST_SCRAPES = Duration.ofSeconds(2);
  private static final Duration HOUR_OF_HISTORY = Duration.ofSeconds(30);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

  /**
   * How it is asked.
   *
   * @param callLimit how long one query may take
   */
  public record Settings(Duration callLimit, Clock clock) {}

  private final Settings settings;
  private final WatchMemory memory;
  private final Heartbeat heartbeat;
  private final OkHttpClient http;

  public PrometheusMetrics(Settings settings) {
    this(settings, WatchMemory.ofActivity(), Heartbeat.ofActivity());
  }

  PrometheusMetrics(Settings settings, WatchMemory memory) {
    this(settings, memory, Heartbeat.none());
  }

  private PrometheusMetrics(Settings settings, WatchMemory memory, Heartbeat heartbeat) {
    this.heartbeat = heartbeat;
    this.settings = settings;
    this.memory = memory;
    this.http = Prometheus.client(settings.callLimit());
  }

  /** A slot that has just come has no data before its first scrapes: that is waited for. */
  @Override
  public List<Reading> read(LaunchId launch, MetricsSpec spec, Slot slot) {
    PrometheusEyes eyes = eyes(launch, spec, slot);
    long begun = System.nanoTime();
    List<Reading> readings = eyes.get().readings(spec.limits());
    while (isBlind(spec, readings) && System.nanoTime() - begun < FIRST_SCRAPES.toNanos()) {
      pause(BETWEEN_LOOKS);
      readings = eyes.get().readings(spec.limits());
    }
    return readings;
  }

  private static boolean isBlind(MetricsSpec spec, List<Reading> readings) {
    return readings.stream()
        .filter(reading -> reading.state() == Reading.State.NO_DATA)
        .map(spec::limitOf)
        .anyMatch(limit -> limit != null && limit.acts());
  }

  private static void pause(Duration duration) {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException shutdown) {
      Thread.currentThread().interrupt();
      throw Activity.wrap(shutdown);
    }
  }

  @Override
  public Calibrated calibrate(LaunchId launch, MetricsSpec spec, Slot baseline) {
    JudgeSpec judge = spec.judge();
    if (judge == null) {
      return Calibrated.NOTHING;
    }
    Prometheus prometheus = new Prometheus(Prometheus.client(HOUR_OF_HISTORY), spec.prometheus());
    Learning learning =
        new Learning(prometheus, judge, CounterEyes.filling(launch), baseline, spec.staleAfter());
    Calibrated calibrated = heartbeat.during(() -> null, learning::calibrate);
    log.info("calibrated launch={} lines={}", launch, calibrated.lines());
    return calibrated;
  }

  @Override
  public WatchReport watch(LaunchId launch, Watch watch) {
    PrometheusEyes eyes = eyes(launch, watch.spec(), watch.candidate());
    WatchReport report =
        new WatchLoop(
                settings.clock(),
                Thread::sleep,
                memory,
                eyes,
                counters(launch, watch),
                toll(launch, watch),
                () -> hasNews(launch, watch))
            .run(watch);
    if (watch.lookBack() != null && !(report.verdict() instanceof Verdict.Fail)) {
      report = report.with(compare(launch, watch.spec(), watch.lookBack()));
    }
    log.info(
        "watched launch={} slot={} verdict={} looks={} blind={}",
        launch,
        watch.candidate(),
        report.verdict(),
        report.looks(),
        report.blindLooks());
    return report;
  }

  private boolean hasNews(LaunchId launch, Watch watch) {
    LookBack look = watch.lookBack();
    return look != null && look.isNews(compare(launch, watch.spec(), look));
  }

  @Override
  public Served served(LaunchId launch, Count count) {
    return new RequestCounter(new Prometheus(http, count.spec().prometheus())).count(launch, count);
  }

  @Override
  public Baselines baselines(LaunchId launch, MetricsSpec spec, Slot serving) {
    Instant now = settings.clock().instant();
    return comparisons(launch, spec, now).before(serving, now);
  }

  @Override
  public List<Watched> compare(LaunchId launch, MetricsSpec spec, LookBack look) {
    Instant now = settings.clock().instant();
    return comparisons(launch, spec, now).compare(look, now);
  }

  private Comparisons comparisons(LaunchId launch, MetricsSpec spec, Instant now) {
    return new Comparisons(
        spec.beside(),
        new PrometheusThings(
            new Prometheus(http, spec.prometheus()),
            launch,
            now,
            spec.staleAfter(),
            settings.callLimit()));
  }

  @Override
  public Counted toll(LaunchId launch, MetricsSpec spec, Slot slot, Counting counting) {
    TollEyes eyes = TollEyes.of(new Prometheus(http, spec.prometheus()), spec, launch, slot);
    return eyes == null
        ? new Counted(counting.before(), false, "not counted: the plan has no metrics.judge")
        : eyes.count(counting, PrometheusMetrics::pause);
  }

  private UnaryOperator<@Nullable Toll> toll(LaunchId launch, Watch watch) {
    Prometheus prometheus = new Prometheus(http, watch.spec().prometheus());
    TollEyes eyes = TollEyes.of(prometheus, watch.spec(), launch, watch.candidate());
    return eyes == null ? before -> before : eyes::see;
  }

  private UnaryOperator<CounterWatch> counters(LaunchId launch, Watch watch) {
    return CounterEyes.of(
        new Prometheus(http, watch.spec().prometheus()),
        watch.spec(),
        launch,
        watch.candidate(),
        settings.callLimit());
  }

  private PrometheusEyes eyes(LaunchId launch, MetricsSpec spec, Slot slot) {
    Prometheus prometheus = new Prometheus(http, spec.prometheus());
    return new PrometheusEyes(
        prometheus, spec, launch, slot, settings.callLimit(), settings.clock());
  }
}

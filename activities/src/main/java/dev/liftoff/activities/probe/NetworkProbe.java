package dev.liftoff.activities.probe;

import dev.liftoff.LaunchId;
import dev.liftoff.activities.Heartbeat;
import dev.liftoff.activities.Secrets;
import dev.liftoff.activities.SideBySide;
import dev.liftoff.activities.container.OneOff;
import dev.liftoff.container.Endpoint;
import dev.liftoff.probe.Check;
import dev.liftoff.probe.Placeholders;
import dev.liftoff.probe.Probe;
import dev.liftoff.probe.ProbeResult;
import dev.liftoff.probe.Targets;
import dev.liftoff.probe.WarmUp;
import dev.liftoff.probe.Warmed;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * Looks at things from the worker's host: over the network, at its own disk, and through
 * containers.
 */
public final class NetworkProbe implements Probe, AutoCloseable {
  private static final Duration GRACE = Duration.ofSeconds(1);
  private static final int LONGEST_VALUE = 300;
  private static final int LONGEST_LOG = 1_000;

  /**
   * How patient it is.
   *
   * @param checkLimit how long a check may take to answer at all, right or wrong
   */
  public record Settings(Duration checkLimit) {}

  private final Settings settings;
  private final Secrets secrets;
  private final Heartbeat heartbeat;
  private final OneOff oneOff;
  private final OkHttpClient http;
  private final ClientResources redis =
      DefaultClientResources.builder().ioThreadPoolSize(2).computationThreadPoolSize(2).build();

  /** Without a container engine. */
  public NetworkProbe(Settings settings, Secrets secrets, Heartbeat heartbeat) {
    this(settings, secrets, heartbeat, OneOff.none());
  }

  public NetworkProbe(Settings settings, Secrets secrets, Heartbeat heartbeat, OneOff oneOff) {
    this.settings = settings;
    this.oneOff = oneOff;
    this.secrets = secrets;
    this.heartbeat = heartbeat;
    this.http =
        new OkHttpClient.Builder()
            .callTimeout(settings.checkLimit())
            .connectTimeout(settings.checkLimit())
            .readTimeout(settings.checkLimit())
            .followRedirects(false)
            .connectionPool(new ConnectionPool(WarmUpRun.ABREAST, 5, TimeUnit.SECONDS))
            .build();
  }

  @Override
  public List<ProbeResult> check(LaunchId launch, List<Check> checks, Targets targets) {
    Placeholders placeholders = new Placeholders(launch, targets);
    List<Examination> examinations =
        checks.stream().map(check -> examination(check, placeholders)).toList();
    return heartbeat.during(() -> checks.size() + " checks", () -> results(checks, examinations));
  }

  @Override
  public Warmed warmUp(LaunchId launch, Endpoint candidate, WarmUp warmUp) {
    WarmUpRun run = new WarmUpRun(http, candidate.address(), warmUp);
    return heartbeat.during(run::started, run::warm);
  }

  @Override
  public void discard(LaunchId launch, List<Check> checks) {
    for (Check check : checks) {
      if (check instanceof Check.Container container) {
        ContainerCheck.discard(oneOff, launch, container);
      }
    }
  }

  @Override
  public void close() {
    redis.shutdown(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    http.connectionPool().evictAll();
  }

  private List<ProbeResult> results(List<Check> checks, List<Examination> examinations) {
    List<Callable<Found>> runs =
        examinations.stream()
            .<Callable<Found>>map(examination -> () -> new Found(examination.run(), null))
            .toList();
    List<Found> found =
        SideBySide.run(runs, longest(checks).plus(GRACE), failure -> new Found(null, failure));
    List<ProbeResult> results = new ArrayList<>();
    for (int index = 0; index < checks.size(); index++) {
      results.add(result(checks.get(index), examinations.get(index), found.get(index)));
    }
    return results;
  }

  private ProbeResult result(Check check, Examination examination, Found found) {
    ProbeResult result = found.result();
    return result != null
        ? new ProbeResult(
            check.name(),
            result.state(),
            Sentence.of(secrets, result.value(), longest(check)),
            result.limit())
        : ProbeResult.noData(
            check.name(), Sentence.of(secrets, found.failure()), examination.limit());
  }

  private static int longest(Check check) {
    return check instanceof Check.Container ? LONGEST_LOG : LONGEST_VALUE;
  }

  private record Found(@Nullable ProbeResult result, @Nullable Throwable failure) {}

  private Examination examination(Check check, Placeholders placeholders) {
    return switch (check) {
      case Check.Http http -> new HttpCheck(http, placeholders, this.http, patience(check));
      case Check.Tls tls -> new TlsCheck(tls, settings.checkLimit());
      case Check.Redis one ->
          new RedisCheck(one, placeholders.launch(), redis, secrets, patience(check));
      case Check.Postgres postgres -> new PostgresCheck(postgres, secrets, settings.checkLimit());
      case Check.Disk disk -> new DiskCheck(disk);
      case Check.Container container ->
          new ContainerCheck(container, placeholders, oneOff, secrets);
    };
  }

  private Duration longest(List<Check> checks) {
    return checks.stream()
        .map(this::patience)
        .max(Duration::compareTo)
        .orElse(settings.checkLimit());
  }

  /** More than the limit of the check, so that what is too slow fails and says so. */
  private Duration patience(Check check) {
    Duration needed =
        switch (check) {
          case Check.Http http -> http.limit().multipliedBy(2);
          case Check.Redis one -> one.limit().multipliedBy(2);
          case Check.Postgres postgres -> postgres.lagBelow().plus(settings.checkLimit());
          case Check.Container container -> ContainerCheck.patience(container);
          case Check.Tls _, Check.Disk _ -> Duration.ZERO;
        };
    return needed.compareTo(settings.checkLimit()) > 0 ? needed : settings.checkLimit();
  }
}

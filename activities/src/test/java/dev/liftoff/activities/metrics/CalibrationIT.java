package dev.liftoff.activities.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.liftoff.LaunchId;
import dev.liftoff.activities.LocalProcess;
import dev.liftoff.activities.Waiting;
import dev.liftoff.activities.judge.Factor;
import dev.liftoff.activities.judge.Method;
import dev.liftoff.container.Slot;
import dev.liftoff.metrics.Calibrated;
import dev.liftoff.metrics.JudgeSpec;
import dev.liftoff.metrics.MetricsSpec;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Prometheus with three hours of history of several services. */
class CalibrationIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final int SCRAPE = 15;
  private static final int HOURS = 3;
  private static final int PER_SCRAPE = 1_500;

  @TempDir private static Path folder;
  private static final int PORT = LocalProcess.freePort();
  private static LocalProcess prometheus;

  @BeforeAll
  static void start() throws IOException {
    Files.writeString(folder.resolve("prometheus.yml"), "global: {scrape_interval: 1m}\n");
    Path metrics = folder.resolve("history.txt");
    try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(metrics))) {
      new Past(out).write();
    }
    run("create-blocks-from", "openmetrics", "history.txt", "data");
    prometheus =
        LocalProcess.start(
                folder,
                List.of(
                    "/usr/bin/prometheus",
                    "--config.file=prometheus.yml",
                    "--storage.tsdb.path=data",
                    "--web.listen-address=127.0.0.1:" + PORT))
            .awaitPort(PORT);
    Prometheus asked = new Prometheus(Prometheus.client(Duration.ofSeconds(10)), address());
    Waiting.until("ready", SOON, () -> asked.ask("time()").at() != null);
  }

  @AfterAll
  static void stop() {
    prometheus.close();
  }

  @Test
  void podsWhoseErrorsComeOneByOneAreCountedOneByOne() {
    Calibrated calibrated = calibrate("quiet", true);

    Chosen chosen = Docket.read(calibrated.judge()).chosen();
    assertThat(chosen.errors().method().factor()).isEqualTo(Factor.COUNT);
    assertThat(chosen.errors().placebos()).isEqualTo(4);
    assertThat(chosen.latency().placebos()).isEqualTo(4);
    assertThat(chosen.ceiling().factor()).isEqualTo(Factor.COUNT);
    assertThat(calibrated.lines()).hasSize(3);
    assertThat(calibrated.lines().get(0))
        .matches("errors: C15s: 4 placebos, 12 h, max M [1-3]\\.\\d, pods differ by 1\\.\\d\\d");
    assertThat(calibrated.lines().get(2))
        .matches("above 5 % errors: C15s, the baseline alone, 3 h, max M 1\\.0");
  }

  @Test
  void podsWhoseErrorsComeInClumpsAreNot() {
    Calibrated calibrated = calibrate("clumps", false);

    Chosen chosen = Docket.read(calibrated.judge()).chosen();
    assertThat(chosen.errors().method().factor()).isNotEqualTo(Factor.COUNT);
    assertThat(calibrated.lines()).hasSize(2);
  }

  @Test
  void oneContainerHasNobodyToBeComparedWithButItsOwnCeiling() {
    Calibrated calibrated = calibrate("single", true);

    Chosen chosen = Docket.read(calibrated.judge()).chosen();
    assertThat(chosen.errors().method()).isEqualTo(Method.UNKNOWN);
    assertThat(calibrated.lines())
        .startsWith(
            "errors: V60s, not calibrated: 1 group by the label instance, 3 needed",
            "latency: V60s, not calibrated: 1 group by the label instance, 3 needed");
    assertThat(calibrated.lines().getLast()).startsWith("above 5 % errors: C15s, the baseline");
  }

  @Test
  void podsThatCameAnHourAndAHalfAgoAreTriedForThatLong() {
    Calibrated calibrated = calibrate("young", false);

    assertThat(calibrated.lines().getFirst()).matches("errors: \\w+: 3 placebos, [45] h, max M .*");
  }

  @Test
  void aServiceThatHardlyAnybodyAsksTeachesNothing() {
    assertThat(calibrate("idle", false).lines())
        .singleElement()
        .asString()
        .matches("not calibrated.*: \\d+ requests in 2 h, 1000 are needed");
  }

  @Test
  void aBaselineOfSomeMinutesTeachesNothing() {
    assertThat(calibrate("fresh", false).lines())
        .singleElement()
        .asString()
        .matches("not calibrated.*: \\d+ min of counters of blue, 60 are needed");
  }

  @Test
  void aServiceThatNobodyKnowsIsSaidToBeSo() {
    assertThat(calibrate("nobody", false).lines())
        .containsExactly(
            "not calibrated, so the judge is cautious (one batch of 60 s is one vote): "
                + "no fresh sample of http_requests_total");
  }

  @Test
  void theSameHistoryTeachesTheSame() {
    assertThat(calibrate("quiet", false)).isEqualTo(calibrate("quiet", false));
  }

  private static Calibrated calibrate(String service, boolean latency) {
    JudgeSpec judge =
        new JudgeSpec(
            "http_requests_total{service=\"{service}\",slot=\"{slot}\"}",
            "code=~\"5..\"",
            latency
                ? "http_request_duration_seconds_bucket{service=\"{service}\",slot=\"{slot}\"}"
                : null,
            JudgeSpec.Vote.AUTO,
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofHours(2),
            "instance",
            Duration.ofHours(HOURS),
            Duration.ZERO,
            false,
            new JudgeSpec.Ceiling(0.05, 100));
    MetricsSpec spec =
        new MetricsSpec(
            address(),
            Map.of(),
            "",
            Duration.ofSeconds(5),
            Duration.ofMinutes(2),
            List.of(),
            judge);
    return new PrometheusMetrics(
            new PrometheusMetrics.Settings(Duration.ofSeconds(10), Clock.systemUTC()), forgetful())
        .calibrate(LaunchId.parse(service + "/test/2.0.0/1"), spec, Slot.BLUE);
  }

  private static URI address() {
    return URI.create("http://127.0.0.1:" + PORT);
  }

  private static void run(String... arguments) throws IOException {
    List<String> command = new java.util.ArrayList<>(List.of("/usr/bin/promtool", "tsdb"));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("promtool.log").toFile())
            .start();
    assertThat(process.onExit().join().exitValue())
        .as(() -> "promtool, see " + folder.resolve("promtool.log"))
        .isZero();
  }

  private static WatchMemory forgetful() {
    return new WatchMemory() {
      @Override
      public Optional<WatchProgress> last() {
        return Optional.empty();
      }

      @Override
      public void keep(WatchProgress progress) {}
    };
  }

  /** Counters of some services, scraped every 15 s until a minute from now. */
  private static final class Past {
    private final long end = Instant.now().getEpochSecond() + 60;

    private final SplittableRandom random = new SplittableRandom(11);
    private final PrintWriter out;

    Past(PrintWriter out) {
      this.out = out;
    }

    /** The families must not be mixed. */
    void write() {
      out.println("# TYPE http_requests counter");
      for (String pod : List.of("a", "b", "c", "d")) {
        requests("quiet", pod, HOURS * 60 + 10, PER_SCRAPE, _ -> 0.001);
        requests("clumps", pod, HOURS * 60 + 10, PER_SCRAPE, this::clump);
      }
      requests("single", "a", HOURS * 60 + 10, PER_SCRAPE, _ -> 0.001);
      for (String pod : List.of("a", "b", "c")) {
        requests("young", pod, 95, PER_SCRAPE, _ -> 0.001);
        requests("idle", pod, HOURS * 60 + 10, 0, _ -> 0);
      }
      requests("fresh", "a", 20, PER_SCRAPE, _ -> 0.001);
      out.println("# TYPE http_request_duration_seconds histogram");
      for (String pod : List.of("a", "b", "c", "d")) {
        buckets("quiet", pod);
      }
      buckets("single", "a");
      out.println("# EOF");
    }

    private double clump(int scrape) {
      return random.nextInt(200) == 0 ? 0.05 : 0.0003;
    }

    private void requests(
        String service, String pod, int minutes, int perScrape, IntToDoubleFunction rate) {
      long all = 10_000;
      long bad = 1;
      StringBuilder good = new StringBuilder();
      StringBuilder failed = new StringBuilder();
      for (long at = end - 60L * minutes; at <= end; at += SCRAPE) {
        int more = poisson(perScrape * rate.applyAsDouble((int) (at / SCRAPE)));
        all += perScrape;
        bad += more;
        line(good, service, pod, "200", all - bad, at);
        line(failed, service, pod, "500", bad, at);
      }
      out.print(good);
      out.print(failed);
    }

    private static void line(
        StringBuilder to, String service, String pod, String code, long value, long at) {
      to.append(
          "http_requests_total{service=\"%s\",slot=\"blue\",instance=\"%s\",code=\"%s\"} %d %d%n"
              .formatted(service, pod, code, value, at));
    }

    private void buckets(String service, String pod) {
      long all = 0;
      long slow = 0;
      for (long at = end - 60L * (HOURS * 60 + 10); at <= end; at += SCRAPE) {
        all += PER_SCRAPE;
        slow += poisson(PER_SCRAPE * 0.05);
        bucket(service, pod, "0.1", 0, at);
        bucket(service, pod, "0.5", all - slow, at);
        bucket(service, pod, "+Inf", all, at);
      }
    }

    private void bucket(String service, String pod, String le, long value, long at) {
      out.printf(
          "http_request_duration_seconds_bucket{service=\"%s\",slot=\"blue\",instance=\"%s\",le=\"%s\"} %d %d%n",
          service, pod, le, value, at);
    }

    private int poisson(double mean) {
      double limit = Math.exp(-mean);
      int count = 0;
      for (double product = random.nextDouble(); product > limit; product *= random.nextDouble()) {
        count++;
      }
      return count;
    }
  }
}

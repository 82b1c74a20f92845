package dev.liftoff.activities.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.liftoff.LaunchId;
import dev.liftoff.Payloads;
import dev.liftoff.activities.Waiting;
import dev.liftoff.container.Slot;
import dev.liftoff.metrics.Count;
import dev.liftoff.metrics.Limit;
import dev.liftoff.metrics.Metric;
import dev.liftoff.metrics.Metrics;
import dev.liftoff.metrics.MetricsSpec;
import dev.liftoff.metrics.Reading;
import dev.liftoff.metrics.Served;
import dev.liftoff.metrics.Watch;
import dev.liftoff.metrics.WatchState;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.testing.TestActivityEnvironment;
import io.temporal.testing.TestEnvironmentOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a Prometheus that misbehaves, and Temporal, do to it. */
class PrometheusMetricsTest {
  private static final LaunchId LAUNCH = LaunchId.parse("shop/test/2.0.0/1");
  private static final PrometheusMetrics.Settings SETTINGS =
      new PrometheusMetrics.Settings(Duration.ofSeconds(2), Clock.systemUTC());

  private final CountDownLatch over = new CountDownLatch(1);
  private HttpServer server;
  private TestActivityEnvironment temporal;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
    temporal =
        TestActivityEnvironment.newInstance(
            TestEnvironmentOptions.newBuilder()
                .setWorkflowClientOptions(
                    WorkflowClientOptions.newBuilder()
                        .setDataConverter(Payloads.converter())
                        .build())
                .build());
    temporal.registerActivitiesImplementations(new PrometheusMetrics(SETTINGS));
  }

  @AfterEach
  void stop() {
    over.countDown();
    temporal.close();
    server.stop(0);
  }

  @Test
  void aHangingPrometheusIsNoDataSoonAfterTheTimeForFirstScrapes() {
    answering(_ -> {
      try {
        over.await();
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
      }
    });
    Instant before = Instant.now();

    assertThat(read().state()).isEqualTo(Reading.State.NO_DATA);
    assertThat(Duration.between(before, Instant.now())).isLessThan(Waiting.BUSY);
  }

  @Test
  void anErrorPageIsNoData() {
    answering(exchange -> send(exchange, 502, "<html>bad gateway</html>"));

    assertThat(read().why()).contains("answered status 502 without JSON");
  }

  @Test
  void anEndlessAnswerIsNoData() {
    answering(exchange -> send(exchange, 200, " ".repeat(2_000_000)));

    assertThat(read().why()).contains("more than 1 MB");
  }

  @Test
  void aDroppedConnectionIsNoData() {
    answering(HttpExchange::close);

    assertThat(read().why()).contains("does not answer");
  }

  @Test
  void aRedirectIsNotFollowed() {
    answering(exchange -> {
      exchange.getResponseHeaders().add("Location", "http://127.0.0.1:1/");
      send(exchange, 302, "");
    });

    assertThat(read().why()).contains("status 302");
  }

  @Test
  void requestsAreCountedOverARestartAndANewSeriesAndNotOverANewTarget() {
    Served served = counted(Served.NOTHING, series("a", "200", 1_000));
    assertThat(served.requests()).as("where it begins is not known").isZero();

    served = counted(served, series("a", "200", 1_040));
    assertThat(served.requests()).isEqualTo(40);
    served = counted(served, series("a", "200", 15));
    assertThat(served.requests()).as("started again at 0").isEqualTo(55);
    served = counted(served, series("a", "200", 15) + "," + series("a", "500", 3));
    assertThat(served.requests()).as("the first failure").isEqualTo(58);
    served = counted(served, series("a", "200", 15) + "," + series("b", "200", 9_000));
    assertThat(served.requests()).as("nobody saw where it began").isEqualTo(58);
    served = counted(served, "");
    assertThat(served.why()).startsWith("no fresh sample of requests_total{");
    assertThat(counted(served, series("b", "200", 9_002)).requests()).isEqualTo(60);
  }

  @Test
  void whatNoCounterIsIsNotCounted() {
    Served begun = counted(Served.NOTHING, series("a", "200", 1_000));

    assertThat(counted(begun, series("a", "200", -1)).why()).contains("no counter is");
    answering(exchange -> send(exchange, 502, "<html>bad gateway</html>"));
    assertThat(count(begun).why()).contains("answered status 502 without JSON");
    assertThat(count(begun).requests()).isZero();
  }

  private Served counted(Served before, String series) {
    answering(exchange -> send(exchange, 200, matrix(series)));
    try {
      return count(before);
    } finally {
      server.removeContext("/");
    }
  }

  private static String matrix(String series) {
    return "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[%s]}}"
        .formatted(series);
  }

  private Served count(Served before) {
    return inActivity()
        .served(LAUNCH, new Count(Slot.GREEN, "requests_total{slot=\"{slot}\"}", spec(), before));
  }

  private static String series(String instance, String code, long value) {
    return "{\"metric\":{\"slot\":\"green\",\"instance\":\"%s\",\"code\":\"%s\"},\"values\":[[1,\"0\"],[2,\"%d\"]]}"
        .formatted(instance, code, value);
  }

  @Test
  void anAnswerFromThePastIsNoData() {
    Instant past = Instant.now().minusSeconds(60);
    answering(exchange -> send(exchange, 200, success(past)));

    assertThat(read().why()).startsWith("prometheus answers for ");
  }

  @Test
  void aFreshAnswerIsBelieved() {
    answering(exchange -> send(exchange, 200, success(Instant.now())));

    assertThat(read().state()).isEqualTo(Reading.State.OK);
  }

  @Test
  void aPasswordInTheAddressIsNotShown() {
    MetricsSpec spec = spec(URI.create("http://liftoff:hunter2@127.0.0.1:1"));

    Reading reading = metrics().read(LAUNCH, spec, Slot.GREEN).getFirst();

    assertThat(reading.why()).contains("127.0.0.1:1").doesNotContain("hunter2");
  }

  @Test
  void anAttemptGoesOnFromTheHeartbeatOfTheLast() {
    temporal.setHeartbeatDetails(
        new WatchProgress(41, 7, WatchState.EMPTY, Duration.ofMinutes(10)));

    assertThat(inActivity().watch(LAUNCH, watch(Duration.ofMinutes(10))).looks()).isEqualTo(42);
  }

  @Test
  void aHeartbeatThatCannotBeReadStartsTheWindowAnew() {
    temporal.setHeartbeatDetails("something else");

    assertThat(inActivity().watch(LAUNCH, watch(Duration.ZERO)).looks()).isOne();
  }

  @Test
  void aCancelledWatchEndsAtItsNextHeartbeat() {
    AtomicInteger beats = new AtomicInteger();
    temporal.setActivityHeartbeatListener(
        WatchProgress.class,
        _ -> {
          if (beats.incrementAndGet() == 1) {
            temporal.requestCancelActivity();
          }
        });
    Instant before = Instant.now();

    assertThatThrownBy(() -> inActivity().watch(LAUNCH, watch(Duration.ofHours(1))));

    assertThat(Duration.between(before, Instant.now())).isLessThan(Waiting.BUSY);
    assertThat(beats).hasValueGreaterThan(0);
  }

  private Metrics inActivity() {
    return temporal.newActivityStub(Metrics.class);
  }

  private Reading read() {
    return metrics().read(LAUNCH, spec(), Slot.GREEN).getFirst();
  }

  private static Metrics metrics() {
    return new PrometheusMetrics(
        SETTINGS,
        new WatchMemory() {
          @Override
          public Optional<WatchProgress> last() {
            return Optional.empty();
          }

          @Override
          public void keep(WatchProgress progress) {}
        });
  }

  private Watch watch(Duration length) {
    return new Watch(Slot.GREEN, length, spec(), WatchState.EMPTY);
  }

  private MetricsSpec spec() {
    return spec(URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
  }

  private static MetricsSpec spec(URI prometheus) {
    return new MetricsSpec(
        prometheus,
        Map.of(Metric.ERROR_RATE, "errors"),
        "errors",
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        List.of(new Limit(Metric.ERROR_RATE, 5.0, null, Duration.ZERO, 1)));
  }

  private void answering(HttpHandler handler) {
    server.createContext("/", handler);
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  /** Serves both kinds of questions: one number, and marks of fresh series. */
  private static String success(Instant at) {
    return """
    {"status":"success","data":{"resultType":"vector","result":[
      {"metric":{"liftoff":"fresh0"},"value":[%d,"2"]}]}}\
    """
        .formatted(at.getEpochSecond());
  }
}

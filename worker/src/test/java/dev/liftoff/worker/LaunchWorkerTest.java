package dev.liftoff.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.testserver.TestServer;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole worker with simulated adapters, beside Temporal's test server on a port. */
@ExtendWith(OutputCaptureExtension.class)
class LaunchWorkerTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private int port;
  private ConfigurableApplicationContext worker;

  @BeforeEach
  void choosePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
  }

  @AfterEach
  void stop() {
    worker.close();
  }

  @Test
  void aWorkerThatIsStartedBeforeTemporalSaysSoOnceAndStartsWithIt(CapturedOutput output)
      throws Exception {
    startWorker();
    awaitHealth(503);

    assertThat(health().body()).contains("DOWN", "does not answer", "deploy/temporal/start");
    assertThat(output.getOut()).containsOnlyOnce("waiting: Temporal at 127.0.0.1:" + port);

    try (var _ = TestServer.createPortBoundServer(port, true)) {
      awaitHealth(200);

      assertThat(output).contains("worker started");
      worker.close();
    }
  }

  @Test
  void healthIsDownQuicklyWhenTemporalGoesAway(CapturedOutput output) throws Exception {
    var temporal = TestServer.createPortBoundServer(port, true);
    startWorker();
    awaitHealth(200);

    temporal.close();

    awaitHealth(503);
    long began = System.nanoTime();
    assertThat(health().body()).contains("DOWN");
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(3));
    assertThat(output.getOut().lines().count()).isLessThan(40);
  }

  @Test
  void metricsOfTemporalAreServedAndNothingElseIs() throws Exception {
    try (var _ = TestServer.createPortBoundServer(port, true)) {
      startWorker();
      awaitHealth(200);

      // The SDK hands its metrics over every ten seconds.
      Awaitility.await()
          .atMost(LIMIT)
          .until(() ->
              get("/actuator/prometheus").body().contains("temporal_worker_task_slots_available"));
      assertThat(get("/actuator/env").statusCode()).isEqualTo(404);
      assertThat(get("/actuator/heapdump").statusCode()).isEqualTo(404);
      worker.close();
    }
  }

  private void startWorker() {
    worker =
        LaunchWorker.application()
            .run(
                "--spring.profiles.active=simulated",
                "--spring.temporal.connection.target=127.0.0.1:" + port,
                // The test server is noisy when it ends.
                "--logging.level.io.grpc=off",
                "--logging.level.io.temporal.internal.testservice=off",
                "--server.port=0");
  }

  private void awaitHealth(int status) {
    Awaitility.await().atMost(LIMIT).until(() -> health().statusCode() == status);
  }

  private HttpResponse<String> health() throws IOException, InterruptedException {
    return get("/actuator/health");
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    int http = ((WebServerApplicationContext) worker).getWebServer().getPort();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + http + path)).build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }
}

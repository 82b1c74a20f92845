package dev.liftoff.worker;

import static io.temporal.api.enums.v1.IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.liftoff.FreePort;
import dev.liftoff.LaunchWorkflow;
import dev.liftoff.Payloads;
import dev.liftoff.SecretReference;
import dev.liftoff.activities.Secrets;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.testserver.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.ClassPathResource;

/** The whole worker with simulated adapters, beside Temporal's test server on a port. */
@ExtendWith(OutputCaptureExtension.class)
class LaunchWorkerTest {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private int port;
  private @Nullable ConfigurableApplicationContext worker;

  @BeforeEach
  void choosePort() {
    port = FreePort.find();
  }

  @AfterEach
  void stop() {
    if (worker != null) {
      worker.close();
    }
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
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(9));
    assertThat(output.getOut().lines().count()).isLessThan(100);
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

  @Test
  void aWorkerThatStopsHandsOverWhatItIsDoingAtOnce() throws Exception {
    startWorker("--spring.temporal.test-server.enabled=true");
    awaitHealth(200);
    TestWorkflowEnvironment temporal = worker.getBean(TestWorkflowEnvironment.class);
    SearchAttributes.NAMES.forEach(
        name -> temporal.registerSearchAttribute(name, INDEXED_VALUE_TYPE_KEYWORD));
    WorkflowStub launch = launchWithLongSoaks();
    Awaitility.await().atMost(LIMIT).until(() -> attemptAtWatching(launch) == 1);

    long began = System.nanoTime();
    worker.getBean(WorkerLifecycle.class).stop();

    assertThat(Duration.ofNanos(System.nanoTime() - began))
        .isLessThan(WorkerLifecycle.FINISH_LIMIT);
    assertThat(attemptAtWatching(launch)).isEqualTo(2);
  }

  @Test
  void aSecretThatWasReadIsNotInTheLog(@TempDir Path folder, CapturedOutput output)
      throws Exception {
    Path file = Files.writeString(folder.resolve("password"), "correct horse battery\n");
    startWorker();
    String secret = worker.getBean(Secrets.class).resolve(new SecretReference("file:" + file));

    LoggerFactory.getLogger("driver").warn("said {}", secret, new IllegalStateException(secret));

    assertThat(output).contains("said ***", "IllegalStateException: ***").doesNotContain(secret);
  }

  @Test
  void aWrongSettingEndsTheStartWithOneSentence(CapturedOutput output) {
    assertThatThrownBy(() -> startWorker("--liftoff.traffic.type=nginz"))
        .isInstanceOf(InvalidSettings.class);

    assertThat(output.getErr())
        .isEqualTo(
            "liftoff worker: liftoff.traffic.type must be one of haproxy, nginx, simulated, was 'nginz'\n");
    assertThat(output.getOut()).isEmpty();
  }

  @Test
  void aPortThatIsTakenIsNamed(CapturedOutput output) throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> startWorker("--server.port=" + taken.getLocalPort())).isNotNull();

      assertThat(output.getErr())
          .startsWith("liftoff worker: ")
          .contains("ort " + taken.getLocalPort() + " was already in use")
          .hasLineCount(1);
    }
  }

  private WorkflowStub launchWithLongSoaks() throws IOException {
    String plan =
        new ClassPathResource("training-plan.json")
            .getContentAsString(UTF_8)
            .replace("\"soak\": \"1s\"", "\"soak\": \"10m\"");
    WorkflowStub launch =
        worker
            .getBean(WorkflowClient.class)
            .newUntypedWorkflowStub(
                "LaunchWorkflow",
                WorkflowOptions.newBuilder()
                    .setWorkflowId("handed-over")
                    .setTaskQueue(LaunchWorkflow.TASK_QUEUE)
                    .build());
    launch.start(Payloads.mapper().readTree(plan));
    return launch;
  }

  /** Which attempt at watching the metrics is pending; 0 when none is. */
  private int attemptAtWatching(WorkflowStub launch) {
    return worker
        .getBean(WorkflowServiceStubs.class)
        .blockingStub()
        .describeWorkflowExecution(
            DescribeWorkflowExecutionRequest.newBuilder()
                .setNamespace("default")
                .setExecution(launch.getExecution())
                .build())
        .getPendingActivitiesList()
        .stream()
        .filter(step -> step.getActivityType().getName().equals("MetricsWatch"))
        .mapToInt(PendingActivityInfo::getAttempt)
        .max()
        .orElse(0);
  }

  private void startWorker(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--spring.profiles.active=simulated",
                "--spring.temporal.connection.target=127.0.0.1:" + port,
                // The test server is noisy when it ends.
                "--logging.level.io.grpc=off",
                "--logging.level.io.temporal.internal.testservice=off",
                "--LIFTOFF_WORKER_PORT=0"));
    arguments.addAll(List.of(more));
    worker = LaunchWorker.application().run(arguments.toArray(String[]::new));
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

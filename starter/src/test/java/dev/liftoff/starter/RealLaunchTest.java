package dev.liftoff.starter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.liftoff.LaunchId;
import dev.liftoff.LaunchWorkflow;
import dev.liftoff.LaunchWorkflowImpl;
import dev.liftoff.Payloads;
import dev.liftoff.container.ContainerSpec;
import dev.liftoff.container.Image;
import dev.liftoff.container.ImageReference;
import dev.liftoff.container.Slot;
import dev.liftoff.plan.LaunchPlan;
import dev.liftoff.simulation.SimulatedAlerts;
import dev.liftoff.simulation.SimulatedConfigFiles;
import dev.liftoff.simulation.SimulatedContainers;
import dev.liftoff.simulation.SimulatedDatabase;
import dev.liftoff.simulation.SimulatedIdentity;
import dev.liftoff.simulation.SimulatedMetrics;
import dev.liftoff.simulation.SimulatedNotifier;
import dev.liftoff.simulation.SimulatedProbe;
import dev.liftoff.simulation.SimulatedReadiness;
import dev.liftoff.simulation.SimulatedTraffic;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.operatorservice.v1.AddSearchAttributesRequest;
import io.temporal.api.operatorservice.v1.OperatorServiceGrpc;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The command line drives the real workflow; only the world around it is simulated. No window of
 * the guard ends in the seconds of a launch: the test server forgets a workflow task that cancels
 * an activity which has just completed, and the launch stands still for ever.
 */
@Timeout(600)
class RealLaunchTest {
  private static final String LAUNCH = "shop/demo";
  private static final String PLAN =
      """
      service: shop
      environment: demo
      version: v2
      commander: ann
      image: {reference: "shop:v2"}
      container:
        network: shop
        addresses: {blue: 172.31.250.11, green: 172.31.250.12}
      traffic:
        steps: [{weight: 50, soak: 1s}, {weight: 100, soak: 1s}]
        drainLimit: 0s
      metrics:
        prometheus: http://127.0.0.1:9090
        samples: requests
        interval: 500ms
        queries: {error-rate: errors, p95: p95, availability: up}
      gates:
        go-live: {roles: [commander], expires: 5m}
      offsets:
        validation-15m: 1s
        validation-30m: 2s
        hand-over: 3s
        checkpoint-2h: 4s
        checkpoint-4h: 5s
        review-24h: 6s
        review-48h: 7s
        retrospective: 8s
      limits: {guardWindow: 3m}
      """;

  @TempDir Path folder;
  private LocalTemporal server;
  private String address;
  private WorkflowServiceStubs stubs;
  private WorkerFactory workers;

  @BeforeEach
  void startServerAndWorker() throws Exception {
    server = new LocalTemporal();
    address = server.address();
    stubs = server.connect();
    registerSearchAttributes();
    workers = workers();
    workers.start();
  }

  @AfterEach
  void stop() {
    workers.shutdownNow();
    stubs.shutdownNow();
    server.close();
  }

  @Test
  void aLaunchIsStartedDecidedHeldResumedAndWatchedToItsEnd() throws IOException {
    assertThat(liftoff("start", plan()).out()).containsPattern("launch    shop/demo/v2/\\S+");
    assertThat(liftoff("watch", LAUNCH, "--until-gate", "--interval", "100ms").exit()).isEqualTo(7);

    assertThat(liftoff("go", LAUNCH, "--gate", "migrate", "--reason", "seen", "--yes"))
        .satisfies(run -> assertThat(run.exit()).isEqualTo(10))
        .satisfies(
            run -> assertThat(run.err()).endsWith("✖ gate migrate is not open; open is go-live\n"));
    assertThat(liftoff("resume", LAUNCH).err()).isEqualTo("✖ it is not held\n");
    assertThat(liftoff("hold", LAUNCH).exit()).isZero();
    assertThat(liftoff("resume", LAUNCH).exit()).isZero();
    assertThat(liftoff("note", LAUNCH, "disk swapped").exit()).isZero();
    assertThat(liftoff("go", LAUNCH, "--reason", "all green", "--yes").out())
        .contains("go at gate go-live is recorded");

    CommandLineRun watched = liftoff("watch", LAUNCH, "--interval", "100ms");

    assertThat(watched.err()).contains("Launched v2.");
    assertThat(watched.exit()).isZero();
    assertThat(liftoff("timeline", LAUNCH).out()).contains("disk swapped", "all green");
    assertThat(liftoff("status", LAUNCH).out()).contains("ENDED");
  }

  @Test
  void aRolledBackLaunchEndsWithFive() throws IOException {
    liftoff("start", plan());
    liftoff("watch", LAUNCH, "--until-gate", "--interval", "100ms");

    assertThat(liftoff("rollback", LAUNCH, "--reason", "changed my mind", "--yes").exit()).isZero();
    assertThat(liftoff("watch", LAUNCH, "--interval", "100ms").exit()).isIn(5, 6);
  }

  @Test
  void aNoGoEndsWithSix() throws IOException {
    liftoff("start", plan());
    liftoff("watch", LAUNCH, "--until-gate", "--interval", "100ms");

    assertThat(liftoff("no-go", LAUNCH, "--reason", "too late today", "--yes").exit()).isZero();
    CommandLineRun watched = liftoff("watch", LAUNCH, "--interval", "100ms");
    assertThat(watched.exit()).isEqualTo(6);
    assertThat(watched.err()).contains("too late today");
  }

  private CommandLineRun liftoff(String... args) {
    return CommandLineRun.of(
        Stream.concat(
                Stream.of("--address", address, "--command-timeout", ListServer.ANSWER_LIMIT),
                Stream.of(args))
            .toArray(String[]::new));
  }

  private String plan() throws IOException {
    return Files.writeString(folder.resolve("plan.yaml"), PLAN).toString();
  }

  private void registerSearchAttributes() {
    AddSearchAttributesRequest.Builder request =
        AddSearchAttributesRequest.newBuilder().setNamespace("default");
    for (String name :
        List.of("LaunchService", "LaunchEnv", "LaunchVersion", "LaunchPhase", "LaunchOutcome")) {
      request.putSearchAttributes(name, IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD);
    }
    OperatorServiceGrpc.newBlockingStub(stubs.getRawChannel()).addSearchAttributes(request.build());
  }

  private WorkerFactory workers() throws Exception {
    WorkflowClient client =
        WorkflowClient.newInstance(
            stubs,
            WorkflowClientOptions.newBuilder().setDataConverter(Payloads.converter()).build());
    WorkerFactory factory = WorkerFactory.newInstance(client);
    Object[] world = world();
    WorkerOptions options =
        WorkerOptions.newBuilder()
            .setDefaultDeadlockDetectionTimeout(20_000)
            .setUsingVirtualThreads(true)
            .build();
    var worker = factory.newWorker(LaunchWorkflow.TASK_QUEUE, options);
    worker.registerWorkflowImplementationTypes(LaunchWorkflowImpl.class);
    worker.registerActivitiesImplementations(world);
    factory
        .newWorker(LaunchWorkflow.UNDO_TASK_QUEUE, options)
        .registerActivitiesImplementations(world);
    return factory;
  }

  private static Object[] world() throws Exception {
    SimulatedTraffic traffic = new SimulatedTraffic();
    SimulatedContainers containers = new SimulatedContainers();
    LaunchPlan plan = PlanFile.parse("plan.yaml", PLAN.getBytes(StandardCharsets.UTF_8)).plan();
    runV1(containers, plan.container());
    return new Object[] {
      traffic,
      containers,
      new SimulatedDatabase(),
      new SimulatedProbe(),
      new SimulatedNotifier(),
      new SimulatedConfigFiles(),
      new SimulatedIdentity(),
      new SimulatedAlerts(),
      new SimulatedReadiness(),
      new SimulatedMetrics(
          slot -> traffic.weights().weight(slot), Instant::now, RealLaunchTest::pass)
    };
  }

  private static void runV1(SimulatedContainers containers, ContainerSpec spec) {
    LaunchId earlier = new LaunchId("shop", "demo", "v1", "earlier");
    Image image = containers.pin(earlier, new ImageReference("shop:v1", null));
    containers.start(earlier, Slot.BLUE, image, spec);
  }

  private static void pass(Duration duration) {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }
}

package dev.liftoff;

import dev.liftoff.container.ContainerSpec;
import dev.liftoff.container.Image;
import dev.liftoff.container.ImageReference;
import dev.liftoff.container.Slot;
import dev.liftoff.gate.Command;
import dev.liftoff.gate.Decision;
import dev.liftoff.plan.InvalidPlan;
import dev.liftoff.plan.PlanDocument;
import dev.liftoff.plan.PlanReader;
import dev.liftoff.simulation.SimulatedConfigFiles;
import dev.liftoff.simulation.SimulatedContainers;
import dev.liftoff.simulation.SimulatedDatabase;
import dev.liftoff.simulation.SimulatedMetrics;
import dev.liftoff.simulation.SimulatedNotifier;
import dev.liftoff.simulation.SimulatedProbe;
import dev.liftoff.simulation.SimulatedTraffic;
import dev.liftoff.status.LaunchStatus;
import dev.liftoff.timeline.TimelineEntry;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.worker.WorkerOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A launch on Temporal's time-skipping server with a simulated world, in which v1 serves on blue.
 */
final class LaunchPad implements AutoCloseable {
  static final String WORKFLOW_ID = LaunchId.workflowId("shop", "test");

  final SimulatedTraffic traffic = new SimulatedTraffic();
  final SimulatedContainers containers = new SimulatedContainers();
  final SimulatedDatabase database = new SimulatedDatabase();
  final SimulatedProbe probe = new SimulatedProbe();
  final SimulatedNotifier notifier = new SimulatedNotifier();
  final SimulatedConfigFiles files =
      new SimulatedConfigFiles().write("/etc/shop.conf", "colour = blue");
  final SimulatedMetrics metrics;
  final TestWorkflowEnvironment temporal;
  private final AtomicReference<Instant> world = new AtomicReference<>(Instant.EPOCH);

  LaunchPad() {
    temporal =
        TestWorkflowEnvironment.newInstance(
            TestEnvironmentOptions.newBuilder()
                .setWorkflowClientOptions(
                    WorkflowClientOptions.newBuilder()
                        .setDataConverter(Payloads.converter())
                        .build())
                .setWorkerFactoryOptions(
                    WorkerFactoryOptions.newBuilder().setUsingVirtualWorkflowThreads(true).build())
                .build());
    for (var attribute :
        List.of(Board.SERVICE, Board.ENVIRONMENT, Board.VERSION, Board.PHASE, Board.OUTCOME)) {
      temporal.registerSearchAttribute(
          attribute.getName(), IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD);
    }
    metrics = new SimulatedMetrics(slot -> traffic.weights().weight(slot), this::now, this::pass);
    Object[] adapters = {traffic, containers, database, probe, notifier, files, metrics};
    Worker worker = temporal.newWorker(LaunchWorkflow.TASK_QUEUE, options());
    worker.registerWorkflowImplementationTypes(LaunchWorkflowImpl.class);
    worker.registerActivitiesImplementations(adapters);
    temporal
        .newWorker(LaunchWorkflow.UNDO_TASK_QUEUE, options())
        .registerActivitiesImplementations(adapters);
    temporal.start();
    runOn(Slot.BLUE, "v1");
  }

  /** A version that was launched earlier. */
  void runOn(Slot slot, String version) {
    try {
      ContainerSpec spec = PlanReader.read(Plans.small()).container();
      LaunchId earlier = new LaunchId("shop", "test", version, "earlier");
      Image image = containers.pin(earlier, new ImageReference("shop:" + version, null));
      containers.start(earlier, slot, image, spec);
    } catch (InvalidPlan wrong) {
      throw new IllegalStateException(wrong);
    }
  }

  Outcome launch(PlanDocument plan) {
    return start(plan).getResult(Outcome.class);
  }

  WorkflowStub start(PlanDocument plan) {
    WorkflowStub stub =
        temporal.getWorkflowClient().newUntypedWorkflowStub("LaunchWorkflow", workflow());
    stub.start(plan);
    return stub;
  }

  static WorkflowOptions workflow() {
    return WorkflowOptions.newBuilder()
        .setTaskQueue(LaunchWorkflow.TASK_QUEUE)
        .setWorkflowId(WORKFLOW_ID)
        .build();
  }

  WorkflowClient client() {
    return temporal.getWorkflowClient();
  }

  WorkflowStub running() {
    return client().newUntypedWorkflowStub(WORKFLOW_ID);
  }

  LaunchStatus status() {
    return running().query("status", LaunchStatus.class);
  }

  List<String> timeline() {
    TimelineEntry[] entries = running().query("timeline", TimelineEntry[].class);
    return List.of(entries).stream()
        .map(entry -> entry.kind() + " " + entry.who() + ": " + entry.text())
        .toList();
  }

  Outcome outcome() {
    return running().getResult(Outcome.class);
  }

  Decision decision(Milestone gate, String answer) {
    return new Decision(
        status().launch().toString(), gate.word(), answer, "ann", "commander", "all seen");
  }

  static Command command(String reason) {
    return new Command(null, "ann", "commander", reason, null);
  }

  /** Lets time pass until the launch is in this state. */
  void await(LaunchStatus.State state) {
    Instant limit = Instant.ofEpochMilli(temporal.currentTimeMillis()).plus(Duration.ofDays(30));
    while (status().state() != state) {
      if (Instant.ofEpochMilli(temporal.currentTimeMillis()).isAfter(limit)) {
        throw new AssertionError(
            "never " + state + ", was " + status().state() + "\n" + String.join("\n", timeline()));
      }
      temporal.sleep(Duration.ofSeconds(20));
    }
  }

  void await(Milestone milestone) {
    Instant limit = Instant.ofEpochMilli(temporal.currentTimeMillis()).plus(Duration.ofDays(30));
    while (status().milestone() != milestone) {
      if (Instant.ofEpochMilli(temporal.currentTimeMillis()).isAfter(limit)) {
        throw new AssertionError(
            "never at "
                + milestone
                + ", was at "
                + status().milestone()
                + "\n"
                + String.join("\n", timeline()));
      }
      temporal.sleep(Duration.ofSeconds(20));
    }
  }

  int events() {
    return client().fetchHistory(WORKFLOW_ID).getEvents().size();
  }

  String history() {
    return client().fetchHistory(WORKFLOW_ID).toJson(true);
  }

  @Override
  public void close() {
    temporal.close();
  }

  private static WorkerOptions options() {
    return WorkerOptions.newBuilder()
        .setDefaultDeadlockDetectionTimeout(20_000)
        .setUsingVirtualThreads(true)
        .build();
  }

  /**
   * The world is never behind Temporal; inside a watch it runs ahead, and Temporal catches up by
   * the rest of the window.
   */
  private Instant now() {
    Instant server = Instant.ofEpochMilli(temporal.currentTimeMillis());
    return world.updateAndGet(before -> before.isBefore(server) ? server : before);
  }

  private void pass(Duration duration) {
    Instant now = now();
    world.updateAndGet(_ -> now.plus(duration));
  }
}

package dev.liftoff.starter;

import dev.liftoff.LaunchId;
import dev.liftoff.LaunchWorkflow;
import dev.liftoff.Payloads;
import dev.liftoff.checklist.ChecklistInput;
import dev.liftoff.checklist.ChecklistItem;
import dev.liftoff.checklist.ChecklistSpec;
import dev.liftoff.checklist.ChecklistWorkflow;
import dev.liftoff.checklist.ChecklistWorkflowImpl;
import dev.liftoff.checklist.EvidenceKind;
import dev.liftoff.checklist.ItemKind;
import dev.liftoff.checklist.ListName;
import dev.liftoff.checkup.CheckupWorkflowImpl;
import dev.liftoff.gate.Role;
import dev.liftoff.people.Identity;
import dev.liftoff.plan.PlanDocument;
import dev.liftoff.simulation.SimulatedAlerts;
import dev.liftoff.simulation.SimulatedChecklists;
import dev.liftoff.simulation.SimulatedReadiness;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** A Temporal server with one launch, shop/production, and its list. */
final class ListServer implements AutoCloseable {
  /** A busy machine takes longer than a second for the first workflow task of a process. */
  static final WorkerOptions PATIENT =
      WorkerOptions.newBuilder().setDefaultDeadlockDetectionTimeout(20_000).build();

  /** For an answer of the worker; the default is for people. */
  static final String ANSWER_LIMIT = "60s";

  private final LocalTemporal server;
  private final String address;
  private final WorkflowServiceStubs stubs;
  private final WorkerFactory workers;
  final SimulatedReadiness readiness = new SimulatedReadiness();
  final SimulatedAlerts alerts = new SimulatedAlerts();

  ListServer(Identity identity) throws IOException {
    server = new LocalTemporal();
    address = server.address();
    stubs = server.connect();
    WorkflowClient client =
        WorkflowClient.newInstance(
            stubs,
            WorkflowClientOptions.newBuilder().setDataConverter(Payloads.converter()).build());
    workers = WorkerFactory.newInstance(client);
    Worker worker = workers.newWorker(LaunchWorkflow.TASK_QUEUE, PATIENT);
    worker.registerWorkflowImplementationTypes(
        FakeLaunch.class, ChecklistWorkflowImpl.class, CheckupWorkflowImpl.class);
    worker.registerActivitiesImplementations(
        readiness, alerts, new SimulatedChecklists(), identity);
    workers
        .newWorker(LaunchWorkflow.UNDO_TASK_QUEUE, PATIENT)
        .registerActivitiesImplementations(identity);
    workers.start();
    start(client);
  }

  @Override
  public void close() {
    workers.shutdownNow();
    stubs.shutdownNow();
    server.close();
  }

  CommandLineRun run(String... args) {
    return CommandLineRun.of(addressed(args));
  }

  CommandLineRun runWith(Path token, String... args) {
    return CommandLineRun.with(token, addressed(args));
  }

  private String[] addressed(String... args) {
    return Stream.concat(
            Stream.of(args), Stream.of("--address", address, "--command-timeout", ANSWER_LIMIT))
        .toArray(String[]::new);
  }

  private static void start(WorkflowClient client) {
    ChecklistSpec spec =
        new ChecklistSpec(
            ListName.NONE,
            List.of(item("PEO-01", true), item("PEO-02", false)),
            80,
            List.of(Role.COMMANDER),
            Duration.ofHours(24),
            Duration.ofHours(24));
    LaunchId launch = new LaunchId("shop", "production", "v2", "12345678");
    client
        .newUntypedWorkflowStub(
            "LaunchWorkflow", options(LaunchId.workflowId("shop", "production")))
        .start(
            new PlanDocument(
                Payloads.mapper()
                    .createObjectNode()
                    .put("service", "shop")
                    .put("environment", "production")
                    .put("version", "v2")
                    .put("commander", "ann")));
    var list =
        client.newUntypedWorkflowStub(
            "ChecklistWorkflow", options(ChecklistWorkflow.workflowId(launch)));
    list.start(
        ChecklistInput.first(
            launch, new PlanDocument(Payloads.mapper().createObjectNode()), spec, List.of(), 1));
    while (list.query("items", dev.liftoff.checklist.ItemsPage.class).total() == 0) {
      Thread.onSpinWait();
    }
  }

  private static ChecklistItem item(String id, boolean critical) {
    return new ChecklistItem(
        id,
        "people",
        "Is everybody here?",
        "ask them",
        Role.COMMANDER,
        ItemKind.HUMAN,
        critical,
        1,
        EvidenceKind.NONE,
        Duration.ofHours(24),
        null,
        "",
        null);
  }

  private static WorkflowOptions options(String id) {
    return WorkflowOptions.newBuilder()
        .setTaskQueue(LaunchWorkflow.TASK_QUEUE)
        .setWorkflowId(id)
        .build();
  }
}

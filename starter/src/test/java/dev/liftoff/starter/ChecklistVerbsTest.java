package dev.liftoff.starter;

import static org.assertj.core.api.Assertions.assertThat;

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
import dev.liftoff.gate.Role;
import dev.liftoff.plan.PlanDocument;
import dev.liftoff.simulation.SimulatedChecklists;
import dev.liftoff.simulation.SimulatedReadiness;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.testserver.TestServer;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ChecklistVerbsTest {
  private static final String LAUNCH = "shop/production";
  private static TestServer.PortBoundTestServer server;
  private static String address;
  private static WorkflowServiceStubs stubs;
  private static WorkerFactory workers;

  @BeforeAll
  static void startServerAndList() throws IOException {
    int port = freePort();
    address = "127.0.0.1:" + port;
    server = TestServer.createPortBoundServer(port, true);
    stubs =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder().setTarget(address).build());
    WorkflowClient client =
        WorkflowClient.newInstance(
            stubs,
            WorkflowClientOptions.newBuilder().setDataConverter(Payloads.converter()).build());
    workers = WorkerFactory.newInstance(client);
    Worker worker = workers.newWorker(LaunchWorkflow.TASK_QUEUE);
    worker.registerWorkflowImplementationTypes(FakeLaunch.class, ChecklistWorkflowImpl.class);
    worker.registerActivitiesImplementations(new SimulatedReadiness(), new SimulatedChecklists());
    workers.start();
    start(client);
  }

  @AfterAll
  static void stop() {
    workers.shutdownNow();
    stubs.shutdownNow();
    server.close();
  }

  @Test
  void aListIsSeenAnsweredAndSignedOff() {
    CommandLineRun seen = run("checklist", LAUNCH);
    assertThat(seen.out())
        .contains("critical and not passed: PEO-01")
        .contains("open, commander: PEO-01, PEO-02")
        .contains("sign-off commander: missing");
    assertThat(run("checklist", "mine", LAUNCH).out())
        .contains("PEO-01 Is everybody here? (critical)  pending: nobody has answered")
        .contains("how: ask them");

    CommandLineRun mixed = run("checklist", "pass", "PEO-01", "PEO-99", "--value", "5 people");
    assertThat(mixed.exit()).isEqualTo(ExitCode.CONFLICT.code());
    assertThat(mixed.out())
        .contains("✔ PEO-01 pass: 5 people, by ann (commander)")
        .contains("✖ PEO-99 is no item of this list");
    assertThat(run("checklist", "deviate", "PEO-02", "--reason", "late", "--owner", "bob").out())
        .contains("✖ PEO-02 until is missing");
    assertThat(
            run(
                    "checklist",
                    "deviate",
                    "PEO-02",
                    "--reason",
                    "late",
                    "--owner",
                    "bob",
                    "--until",
                    "2h")
                .exit())
        .isZero();
    assertThat(run("checklist", "approve", "PEO-02").out()).contains("needs a second person");
    assertThat(run("checklist", "approve", "PEO-02", "--as", "omar", "--role", "cto").exit())
        .isZero();
    assertThat(run("checklist", "sign-off").exit()).isZero();
    assertThat(run("checklist", "examine", "PEO-01").out())
        .contains("✖ PEO-01 is answered by people");

    CommandLineRun ready = run("checklist", LAUNCH, "-o", "json");
    assertThat(ready.out()).contains("\"tenths\" : 75").contains("\"blocked\"");
    assertThat(run("checklist", "log", LAUNCH).out()).contains("signs off as commander");
  }

  @Test
  void aLaunchWithoutAListSaysSo() {
    CommandLineRun none = run("checklist", "cart/production");

    assertThat(none.exit()).isEqualTo(ExitCode.CONFLICT.code());
    assertThat(none.err()).contains("There is no checklist of cart/production");
  }

  @Test
  void plainTemporalIsEnough() {
    assertThat(
            run("checklist", "pass", "PEO-01", "--value", "5", "--launch", LAUNCH, "--plain").out())
        .contains("temporal workflow update execute")
        .contains("--workflow-id checklist/shop/production --name apply")
        .contains("\"action\":\"pass\"");
    assertThat(run("checklist", LAUNCH, "--plain").out())
        .contains("temporal workflow query")
        .contains("--workflow-id checklist/shop/production --type readiness");
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

  private static CommandLineRun run(String... args) {
    return CommandLineRun.of(
        Stream.concat(Stream.of(args), Stream.of("--address", address)).toArray(String[]::new));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}

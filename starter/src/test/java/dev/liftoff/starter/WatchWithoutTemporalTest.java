package dev.liftoff.starter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.liftoff.LaunchWorkflow;
import dev.liftoff.Payloads;
import dev.liftoff.plan.PlanReader;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.worker.WorkerFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A watch whose Temporal goes away says so, bears it for so long, and goes on when it is back. */
@Timeout(600)
class WatchWithoutTemporalTest {
  private static final String LAUNCH = "shop/production";
  private static final String AWAY = " s; the launch goes on without this screen. Trying until ";

  @TempDir Path folder;
  private LocalTemporal server;
  private String direct;
  private WorkflowServiceStubs stubs;
  private WorkerFactory workers;
  private Cable cable;

  @BeforeEach
  void startServerWorkerAndLaunch() throws IOException {
    server = new LocalTemporal();
    direct = server.address();
    cable = new Cable(server.port());
    stubs = server.connect();
    WorkflowClient client =
        WorkflowClient.newInstance(
            stubs,
            WorkflowClientOptions.newBuilder().setDataConverter(Payloads.converter()).build());
    workers = WorkerFactory.newInstance(client);
    workers
        .newWorker(LaunchWorkflow.TASK_QUEUE, ListServer.PATIENT)
        .registerWorkflowImplementationTypes(FakeLaunch.class);
    workers.start();
    assertThat(CommandLineRun.of("start", plan(), "--address", direct).err())
        .contains("Next: liftoff watch " + LAUNCH);
  }

  @AfterEach
  void stop() throws IOException {
    cable.close();
    workers.shutdownNow();
    stubs.shutdownNow();
    server.close();
  }

  @Test
  void itSaysSoInOneLineAndGivesUpWithExitCode75() throws IOException {
    CommandLineRun.Running watch = watch("12s");

    cable.cut();
    watch.awaitErr(AWAY);

    CommandLineRun ended = watch.end();
    assertThat(ended.exit()).isEqualTo(75);
    assertThat(ended.err())
        .containsOnlyOnce(AWAY)
        .containsPattern("Z Temporal at " + cable.address() + " does not answer since \\d+ s; ")
        .containsPattern("\n✖ .* This screen gives up\\.\n.*--give-up\n$");
  }

  @Test
  void itGoesOnWhenTemporalIsBack() throws IOException {
    CommandLineRun.Running watch = watch("10m");

    cable.cut();
    watch.awaitErr(AWAY);
    cable.mend();
    watch.awaitErr("Temporal answers again, after ");
    CommandLineRun.of("scrub", LAUNCH, "--reason", "too late", "--yes", "--address", direct);

    assertThat(watch.end().exit()).isEqualTo(6);
  }

  @Test
  void oneThatAcceptsAndIsSilentIsNotTakenForAMissingWorker() throws IOException {
    CommandLineRun.Running watch = watch("10m");

    cable.hang();
    watch.awaitErr(AWAY);
    cable.mend();
    watch.awaitErr("Temporal answers again, after ");
    CommandLineRun.of("scrub", LAUNCH, "--reason", "too late", "--yes", "--address", direct);
    assertThat(watch.end().exit()).isEqualTo(6);
  }

  private String plan() throws IOException {
    try (var in = PlanReader.class.getResourceAsStream("reference.yaml")) {
      return Files.write(folder.resolve("plan.yaml"), in.readAllBytes()).toString();
    }
  }

  private CommandLineRun.Running watch(String giveUp) {
    CommandLineRun.Running watch =
        CommandLineRun.begin(
            "watch",
            LAUNCH,
            "--address",
            cable.address(),
            "--interval",
            "20ms",
            "--give-up",
            giveUp);
    watch.awaitOut("DECIDING");
    return watch;
  }
}

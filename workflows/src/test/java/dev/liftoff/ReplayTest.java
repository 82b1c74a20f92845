package dev.liftoff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.liftoff.checklist.ChecklistWorkflowImpl;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.testing.WorkflowReplayer;
import io.temporal.worker.Worker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every recorded launch replays on the code of today: a launch that runs for a week goes on when
 * its worker is replaced. A history that fails here needs {@code Workflow.getVersion} around what
 * has changed; it is never edited, and deleted only when no launch that it stands for can still
 * run. See {@link Recorded} for how to add one.
 */
class ReplayTest {
  private static final Path HISTORIES = Path.of("src/test/resources/histories");
  private static TestWorkflowEnvironment temporal;
  private static Worker worker;

  @BeforeAll
  static void open() {
    temporal = TestWorkflowEnvironment.newInstance(LaunchPad.environment());
    worker = temporal.newWorker(LaunchWorkflow.TASK_QUEUE, LaunchPad.options());
    worker.registerWorkflowImplementationTypes(
        LaunchWorkflowImpl.class, ChecklistWorkflowImpl.class);
  }

  @AfterAll
  static void close() {
    temporal.close();
  }

  static List<String> histories() throws IOException {
    try (Stream<Path> files = Files.list(HISTORIES)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("histories")
  void everyRecordedLaunchStillReplays(String history) throws Exception {
    String json = Files.readString(HISTORIES.resolve(history));

    WorkflowReplayer.replayWorkflowExecution(WorkflowExecutionHistory.fromJson(json), worker);
  }

  @Test
  void thereIsAHistoryForEveryPath() throws IOException {
    assertThat(histories()).hasSizeGreaterThanOrEqualTo(30);
  }
}

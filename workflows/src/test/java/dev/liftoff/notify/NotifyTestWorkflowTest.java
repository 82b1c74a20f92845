package dev.liftoff.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.liftoff.LaunchId;
import dev.liftoff.LaunchWorkflow;
import dev.liftoff.Payloads;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The channels of a worker are tried one by one, and nothing is launched. */
class NotifyTestWorkflowTest {
  private final List<Announcement> told = new CopyOnWriteArrayList<>();
  private TestWorkflowEnvironment temporal;

  @BeforeEach
  void start() {
    temporal =
        TestWorkflowEnvironment.newInstance(
            TestEnvironmentOptions.newBuilder()
                .setWorkflowClientOptions(
                    WorkflowClientOptions.newBuilder()
                        .setDataConverter(Payloads.converter())
                        .build())
                .build());
    Worker worker = temporal.newWorker(LaunchWorkflow.TASK_QUEUE);
    worker.registerWorkflowImplementationTypes(NotifyTestWorkflowImpl.class);
    worker.registerActivitiesImplementations(new Three());
    temporal.start();
  }

  @AfterEach
  void stop() {
    temporal.close();
  }

  @Test
  void everyKindButThePublicOneIsTriedOnceAndAnswersForItself() {
    List<TestedChannel> tested = test(Map.of("who", "cara"));

    assertThat(tested)
        .extracting(TestedChannel::sentence)
        .containsExactly(
            "slack (slack-posts): sent",
            "card: failed: this worker has no such channel",
            "email: failed: no answer",
            "pager: failed: the worker could not try it; its log says why",
            "graphs: failed: this worker has no such channel",
            "events: failed: this worker has no such channel",
            "webhook: failed: this worker has no such channel");
    assertThat(told).extracting(Announcement::occasion).containsOnly(Occasion.TEST);
    assertThat(told.getFirst().title())
        .isEqualTo("This is a test of Liftoff's channel slack: nothing is launched");
    assertThat(told.getFirst().facts()).containsExactly("asked for by cara");
  }

  @Test
  void thePublicPageIsTriedWhenItIsNamed() {
    assertThat(test(Map.of("channels", List.of("status-page"))))
        .extracting(TestedChannel::kind)
        .containsExactly(ChannelKind.STATUS_PAGE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "\"slack\"", "{\"channels\": [7]}", "{\"channels\": {}}", "null"})
  void whatCannotBeReadTellsNobody(String json) throws Exception {
    assertThatThrownBy(() -> test(Payloads.mapper().readTree(json)))
        .rootCause()
        .hasMessageContaining("TEST_UNREADABLE");
    assertThat(told).isEmpty();
  }

  private List<TestedChannel> test(Object wanted) {
    WorkflowStub stub =
        temporal
            .getWorkflowClient()
            .newUntypedWorkflowStub(
                NotifyTestWorkflow.TYPE,
                WorkflowOptions.newBuilder().setTaskQueue(LaunchWorkflow.TASK_QUEUE).build());
    stub.start(wanted);
    return List.of(stub.getResult(TestedChannel[].class));
  }

  /** One that works, one that does not, one that is broken; and the worker's log. */
  private final class Three implements Notifier {
    @Override
    public Delivery announce(LaunchId launch, Announcement announcement) {
      told.add(announcement);
      Told log = Told.sent(Told.LOG, null);
      return switch (announcement.routing().kinds().iterator().next()) {
        case SLACK -> Delivery.of(List.of(log, Told.sent("slack-posts", "1.0")));
        case EMAIL -> Delivery.of(List.of(log, Told.failed("email", "no answer", true)));
        case PAGER -> throw new IllegalStateException("broken");
        case CARD, STATUS_PAGE, GRAPHS, EVENTS, WEBHOOK -> Delivery.of(List.of(log));
      };
    }
  }
}

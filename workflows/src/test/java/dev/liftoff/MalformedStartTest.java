package dev.liftoff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payloads;
import io.temporal.api.common.v1.WorkflowType;
import io.temporal.api.taskqueue.v1.TaskQueue;
import io.temporal.api.workflowservice.v1.StartWorkflowExecutionRequest;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowQueryException;
import io.temporal.failure.ApplicationFailure;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A start that is not a plan ends at once, with every problem, and does nothing. */
class MalformedStartTest {
  @RegisterExtension final LaunchPad pad = new LaunchPad();

  @Test
  void aStartWithoutInputEndsAtOnce() {
    pad.start();

    assertThat(problems()).startsWith("the plan cannot be launched:\nplan: must be an object");
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "[]", "\"launch it\"", "17", "true"})
  void aStartThatIsNoObjectEndsAtOnce(String json) {
    pad.start(MessageTest.json(json));

    assertThat(problems())
        .startsWith(
            "the plan cannot be launched:\nplan: must be an object with service, environment, version, …; was ");
  }

  @Test
  @Recorded
  void anInvalidPlanEndsAtOnceWithEveryProblemAndItsPath() {
    pad.start(
        Plans.brief(plan -> {
          plan.remove("commander");
          plan.put("serivce", "shop");
          plan.withObject("/container").put("port", 99_999);
        }));

    assertThat(problems())
        .contains(
            "container.port: must be a whole number between 1 and 65535, was 99999",
            "commander: is missing",
            "serivce: is not known here; did you mean 'service'?");
    assertThat(pad.turnstile.calls()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"json/plain", "json/protobuf", "binary/plain", "no/such"})
  void aStartThatCannotBeReadEndsAtOnce(String encoding) {
    startRaw(MessageTest.payload(encoding, "{\"service\": "));

    assertThat(problems()).startsWith("the plan cannot be launched:\nplan: must be an object");
  }

  @Test
  void aStartThatIsNestedTooDeepEndsAtOnce() {
    startRaw(MessageTest.payload("json/plain", "[".repeat(20_000) + "]".repeat(20_000)));

    assertThat(problems()).startsWith("the plan cannot be launched:\nplan: must be an object");
  }

  @Test
  void aNumberThatIsTooLongEndsAtOnce() {
    startRaw(
        MessageTest.payload(
            "json/plain", "{\"container\": {\"port\": " + "9".repeat(5_000) + "}}"));

    assertThat(problems()).startsWith("the plan cannot be launched:\n");
  }

  @Test
  void thousandsOfProblemsFitIntoTheFailure() {
    pad.start(
        Plans.brief(plan -> {
          for (int i = 0; i < 5_000; i++) {
            plan.put("x".repeat(300) + i, 1);
          }
        }));

    assertThat(problems()).endsWith("and 4800 more").hasSizeLessThan(200_000);
  }

  @Test
  void aSecretThatStandsInThePlanIsRefusedWithoutShowingIt() {
    pad.start(
        Plans.brief(plan -> {
          plan.withObject("/container/environment").put("SHOP_PASSWORD", "hunter2");
          plan.withObject("/container/environment")
              .put("DATABASE_URL", "postgres://shop:hunter2@db/shop");
          plan.withObject("/database").put("password", "hunter2");
          plan.withObject("/database").put("url", "jdbc:postgresql://shop:hunter2@db/shop");
          plan.withObject("/metrics").put("prometheus", "http://admin:hunter2@127.0.0.1:9090");
          plan.put("image", "user:hunter2@registry/shop");
        }));

    assertThat(problems())
        .contains(
            "container.environment.SHOP_PASSWORD: ",
            "container.environment.DATABASE_URL: ",
            "database.password: ",
            "database.url: ",
            "metrics.prometheus: ",
            "image: must be an object")
        .doesNotContain("hunter2");
  }

  @Test
  void aHalfCharacterThatCouldNotBeWrittenDownIsRefused() {
    pad.start(
        MessageTest.json(
            Plans.brief().put("commander", "ann \\ud800").toString().replace("\\\\u", "\\u")));

    assertThat(problems()).contains("commander: must be valid Unicode");
  }

  @Test
  void aMessageToAnInvalidPlanDoesNotChangeTheReason() {
    JsonNode plan = MessageTest.json("{}");
    pad.client()
        .newUntypedWorkflowStub("LaunchWorkflow", LaunchPad.workflow())
        .signalWithStart("hold", new Object[] {LaunchPad.command("x")}, new Object[] {plan});

    assertThat(problems()).contains("service: is missing");
  }

  @Test
  void queriesOfAnInvalidPlanAnswerItsProblems() {
    pad.start(MessageTest.json("{}"));
    problems();

    assertThatThrownBy(pad::status)
        .isInstanceOf(WorkflowQueryException.class)
        .hasStackTraceContaining("service: is missing");
    assertThatThrownBy(pad::timeline)
        .isInstanceOf(WorkflowQueryException.class)
        .hasStackTraceContaining("service: is missing");
  }

  private String problems() {
    Throwable failed = catchThrowable(pad::outcome);
    assertThat(failed).isInstanceOf(WorkflowFailedException.class);
    assertThat(failed.getCause()).isInstanceOf(ApplicationFailure.class);
    ApplicationFailure failure = (ApplicationFailure) failed.getCause();
    assertThat(failure.getType()).isEqualTo("INVALID_PLAN");
    return failure.getOriginalMessage();
  }

  private void startRaw(Payload payload) {
    pad.client()
        .getWorkflowServiceStubs()
        .blockingStub()
        .startWorkflowExecution(
            StartWorkflowExecutionRequest.newBuilder()
                .setNamespace(pad.temporal.getNamespace())
                .setWorkflowId(LaunchPad.WORKFLOW_ID)
                .setRequestId(UUID.randomUUID().toString())
                .setWorkflowType(WorkflowType.newBuilder().setName("LaunchWorkflow"))
                .setTaskQueue(TaskQueue.newBuilder().setName(LaunchWorkflow.TASK_QUEUE))
                .setInput(Payloads.newBuilder().addPayloads(payload))
                .build());
  }
}

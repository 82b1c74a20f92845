package dev.liftoff;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import dev.liftoff.status.LaunchStatus.State;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payloads;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.workflowservice.v1.SignalWorkflowExecutionRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages of any form: none blocks the launch, and each is refused with a sentence. */
class MessageTest {
  @RegisterExtension final LaunchPad pad = new LaunchPad();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "\"go\"",
        "[\"go\"]",
        "17",
        "true",
        "{}",
        "{\"launch\": {\"a\": 1}, \"gate\": [], \"answer\": {}}",
        "{\"unknown\": \"key\"}"
      })
  void aMessageOfAnyFormIsRefusedByUpdateAndBySignal(String json) {
    openGate();

    assertThat(pad.refusal("decide", json(json))).startsWith("launch is missing");
    assertThat(pad.refusal("hold", json(json))).isEqualTo("who is missing");
    assertThat(pad.refusalBySignal("decide", json(json)))
        .startsWith("decide refused: launch is missing");
    assertThat(pad.refusalBySignal("rollback", json(json)))
        .isEqualTo("rollback refused: who is missing");
    assertGoesOn();
  }

  @Test
  void aMessageWithoutContentIsRefused() {
    openGate();

    assertThat(pad.refusal("decide")).startsWith("launch is missing");
    assertThat(pad.refusal("hold")).isEqualTo("who is missing");
    assertThat(pad.refusalBySignal("decide")).startsWith("decide refused: launch is missing");
    assertThat(pad.refusalBySignal("hold")).isEqualTo("hold refused: who is missing");
    assertGoesOn();
  }

  @ParameterizedTest
  @ValueSource(strings = {"json/plain", "json/protobuf", "binary/plain", "no/such"})
  void aMessageThatCannotBeReadIsRefused(String encoding) {
    openGate();

    signal("decide", payload(encoding, "{\"launch\": "));
    signal("hold", payload(encoding, "\"".repeat(3)));

    assertThat(pad.timeline())
        .contains("REFUSED somebody: hold refused: who is missing")
        .anyMatch(line -> line.startsWith("REFUSED somebody: decide refused: launch is missing"));
    assertGoesOn();
  }

  @Test
  void numbersAndBooleansAreReadAsText() {
    openGate();

    pad.update(
        "hold", json("{\"who\": 17, \"role\": \"commander\", \"reason\": true, \"extra\": []}"));

    assertThat(pad.timeline()).contains("COMMAND 17: hold: true");
  }

  @Test
  void controlCharactersAndHalfCharactersAreTakenOut() {
    openGate();

    pad.running()
        .signal(
            "note",
            json("{\"who\": \"ann\\u0000\", \"role\": \"cto\", \"reason\": \"a\\nb \\ud800 c\"}"));

    assertThat(pad.timeline()).contains("NOTE ann: a b   c");
    assertGoesOn();
  }

  @Test
  void aLongReasonIsCut() {
    openGate();

    pad.update("note", LaunchPad.command("x".repeat(1_000_000)));

    assertThat(pad.entries().getLast().text()).hasSize(1_000).endsWith("x…");
  }

  @Test
  void aSignalThatNobodyKnowsIsIgnored() {
    openGate();

    pad.running().signal("explode", "now");

    assertGoesOn();
  }

  private void openGate() {
    pad.start(Plans.withGate(Milestone.MIGRATE));
    pad.awaitGate(Milestone.MIGRATE);
  }

  private void assertGoesOn() {
    assertThat(pad.status().state()).isEqualTo(State.DECIDING);
    pad.update("decide", pad.decision(Milestone.MIGRATE, "no-go"));
    assertThat(pad.outcome()).isInstanceOf(Outcome.Scrubbed.class);
  }

  private void signal(String name, Payload payload) {
    pad.client()
        .getWorkflowServiceStubs()
        .blockingStub()
        .signalWorkflowExecution(
            SignalWorkflowExecutionRequest.newBuilder()
                .setNamespace(pad.temporal.getNamespace())
                .setWorkflowExecution(
                    WorkflowExecution.newBuilder().setWorkflowId(LaunchPad.WORKFLOW_ID))
                .setSignalName(name)
                .setInput(Payloads.newBuilder().addPayloads(payload))
                .build());
  }

  static Payload payload(String encoding, String data) {
    return Payload.newBuilder()
        .putMetadata("encoding", ByteString.copyFromUtf8(encoding))
        .setData(ByteString.copyFromUtf8(data))
        .build();
  }

  static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (JsonProcessingException wrong) {
      throw new IllegalArgumentException(text, wrong);
    }
  }
}

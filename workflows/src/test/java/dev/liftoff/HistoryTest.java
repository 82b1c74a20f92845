package dev.liftoff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.liftoff.plan.PlanDocument;
import dev.liftoff.traffic.Weight;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.sdk.v1.WorkflowInteractionDefinition;
import io.temporal.api.sdk.v1.WorkflowMetadata;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What somebody sees who has only the Temporal UI. */
class HistoryTest {
  @RegisterExtension final LaunchPad pad = new LaunchPad();

  @Test
  void everyActivityAndTimerHasASummary() {
    pad.start(Plans.withGate(Milestone.GO_LIVE, Milestone.REVIEW_48H));
    pad.decide(Milestone.GO_LIVE, "go");
    pad.awaitNext(Milestone.HAND_OVER);
    pad.tell("hold");
    pad.sleep(Duration.ofHours(5));
    pad.tell("resume");
    pad.decide(Milestone.REVIEW_48H, "no-go");
    pad.outcome();

    List<HistoryEvent> shown =
        pad.history().stream()
            .filter(event ->
                event.hasActivityTaskScheduledEventAttributes()
                    || event.hasTimerStartedEventAttributes())
            .toList();
    assertThat(shown)
        .hasSizeGreaterThan(40)
        .allSatisfy(event -> assertThat(LaunchPad.summary(event)).isNotBlank());
    assertThat(shown.stream().map(LaunchPad::summary))
        .contains(
            "Pin shop:v2",
            "Back up the database",
            "Restore the backup to prove it",
            "Start green beside blue",
            "Traffic: green 25 %",
            "soak at 25 %, 2m",
            "gate go-live",
            "held",
            "guard, 10m",
            "Undo: traffic -> blue");
  }

  @Test
  void theCardHasTheDecisionToPaste() {
    pad.start(Plans.withGate(Milestone.GO_LIVE));
    pad.awaitGate(Milestone.GO_LIVE);

    String card = metadata().getCurrentDetails();

    String paste = card.lines().filter(line -> line.startsWith("{")).findFirst().orElseThrow();
    assertThat(card)
        .contains("### shop v1 -> v2 in test", "**waiting for commander** at gate go-live");
    assertThat(paste)
        .contains("\"launch\":\"" + pad.status().launch() + "\"", "\"gate\":\"go-live\"");
    pad.update("decide", MessageTest.json(paste));
    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);
  }

  @Test
  void theCardShowsTheWayBackAndItsResults() {
    pad.probe.failing("live");
    pad.launch(new PlanDocument(Plans.brief()));

    assertThat(metadata().getCurrentDetails())
        .contains(
            "Way back, next first",
            "- DONE stop green, keep its evidence: exit code 143, removed",
            "- FAIL live: wrong (simulated) (limit right)");
  }

  @Test
  void everyUpdateSignalAndQuerySaysWhatItTakes() {
    pad.start(Plans.withGate(Milestone.GO_LIVE));
    pad.awaitGate(Milestone.GO_LIVE);

    var definition = metadata().getDefinition();

    List<String> verbs =
        List.of(
            "decide",
            "hold",
            "resume",
            "promote",
            "extend",
            "scrub",
            "rollback",
            "rescue",
            "discard",
            "note",
            "present",
            "acknowledge",
            "action",
            "retry",
            "skip");
    for (String verb : verbs) {
      assertThat(description(definition.getUpdateDefinitionsList().stream(), verb)).contains("{\"");
      assertThat(description(definition.getSignalDefinitionsList().stream(), verb)).contains("{\"");
    }
    assertThat(description(definition.getQueryDefinitionsList().stream(), "status")).isNotBlank();
    assertThat(description(definition.getQueryDefinitionsList().stream(), "timeline")).isNotBlank();
  }

  @Test
  void theUndoHasATaskQueueOfItsOwn() {
    pad.metrics.failingAt(Weight.ALL);
    pad.launch(new PlanDocument(Plans.brief()));

    assertThat(
            pad.history().stream()
                .filter(HistoryEvent::hasActivityTaskScheduledEventAttributes)
                .filter(event -> LaunchPad.summary(event).startsWith("Undo: ")))
        .hasSize(7)
        .allSatisfy(event ->
            assertThat(event.getActivityTaskScheduledEventAttributes().getTaskQueue().getName())
                .isEqualTo(LaunchWorkflow.UNDO_TASK_QUEUE));
  }

  private WorkflowMetadata metadata() {
    return pad.running().query("__temporal_workflow_metadata", WorkflowMetadata.class);
  }

  private static String description(
      Stream<WorkflowInteractionDefinition> definitions, String name) {
    return definitions
        .filter(definition -> definition.getName().equals(name))
        .map(WorkflowInteractionDefinition::getDescription)
        .findFirst()
        .orElseThrow(() -> new AssertionError(name + " is not declared"));
  }
}

package dev.liftoff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.liftoff.container.Slot;
import dev.liftoff.metrics.Verdict;
import dev.liftoff.plan.PlanDocument;
import dev.liftoff.status.LaunchStatus;
import dev.liftoff.status.LaunchStatus.State;
import dev.liftoff.timeline.TimelineEntry;
import dev.liftoff.timeline.TimelineEntry.Kind;
import dev.liftoff.traffic.Weight;
import dev.liftoff.traffic.Weights;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LaunchWorkflowTest {
  /**
   * Started, fired and the task that follows. A real watch takes its whole window; the simulated
   * one answers at once, and a timer takes the rest.
   */
  private static final long EVENTS_OF_A_TIMER = 5;

  private static final List<Milestone> GATED =
      List.of(
          Milestone.READINESS,
          Milestone.BRIEFING,
          Milestone.MIGRATE,
          Milestone.GO_LIVE,
          Milestone.VALIDATION_30M,
          Milestone.REVIEW_24H,
          Milestone.REVIEW_48H);

  /**
   * Not when a window of the soak ends, which are whole minutes: the test server refuses a workflow
   * task that cancels a timer at the moment at which it fires, and the launch stands still. The
   * real one does not.
   */
  private static final Duration UNEVEN = Duration.ofMinutes(10).plusSeconds(27);

  @RegisterExtension final LaunchPad pad = new LaunchPad();

  @Test
  @Recorded
  void aLaunchWithoutTroubleEndsWithTheNewVersionAsBaseline() {
    Outcome outcome = pad.launch(new PlanDocument(Plans.brief()));

    assertThat(outcome).isEqualTo(new Outcome.Launched("v2", List.of()));
    assertThat(pad.traffic.weights()).isEqualTo(Weights.of(Slot.GREEN, Weight.ALL));
    assertThat(pad.containers.exists("shop-test-blue")).isFalse();
    assertThat(pad.containers.exists("shop-test-green")).isTrue();
    assertThat(pad.database.hasScratch()).isFalse();
  }

  @Test
  void theStepsAreTakenInTheOrderOfTheRunbook() {
    pad.launch(new PlanDocument(Plans.brief()));

    assertThat(pad.turnstile.calls())
        .containsExactly(
            "TrafficRead",
            "TrafficUnsupported",
            "ContainersRunning",
            "DatabaseInspect",
            "DatabaseSweep",
            "ProbeCheck",
            "ContainersPin",
            "ConfigFilesSave",
            "DatabaseBackUp",
            "DatabaseProveAndKeep",
            "DatabaseRehearse",
            "DatabaseDiscardScratch",
            "DatabaseMigrate",
            "DatabaseVerify",
            "ContainersStart",
            "ContainersScanLogs",
            "ProbeCheck",
            "ProbeWarmUp",
            "TrafficShift",
            "TrafficShift",
            "TrafficDrain",
            "ContainersStop",
            "ContainersRemove",
            "DatabaseSettle");
  }

  @Test
  void trafficMovesByTheRampAndByNothingElse() {
    pad.launch(new PlanDocument(Plans.brief()));

    assertThat(pad.traffic.changes())
        .containsExactly(
            Weights.of(Slot.GREEN, new Weight(25)), Weights.of(Slot.GREEN, Weight.ALL));
  }

  @Test
  void lostRepliesChangeNothingTwice() {
    pad.turnstile.losingFirstReplies();

    Outcome outcome = pad.launch(new PlanDocument(Plans.brief()));

    assertThat(outcome).isEqualTo(new Outcome.Launched("v2", List.of()));
    assertThat(pad.traffic.changes()).hasSize(2);
    assertThat(pad.database.rows()).hasSize(3);
    assertThat(pad.timeline()).contains("STEP liftoff: migrated 1 -> 2, applied [2]");
  }

  @Test
  void lostRepliesOnTheWayBackChangeNothingTwice() {
    pad.turnstile.losingFirstReplies();
    pad.metrics.failingAt(Weight.ALL);

    Outcome outcome = pad.launch(new PlanDocument(Plans.brief()));

    assertThat(outcome).isInstanceOf(Outcome.RolledBack.class);
    assertThat(outcome.leftovers()).isEmpty();
    assertThat(pad.traffic.changes())
        .hasSize(3)
        .last()
        .isEqualTo(Weights.of(Slot.BLUE, Weight.ALL));
  }

  @Test
  @Recorded
  void theFirstLaunchOfAServiceHasNoBaseline() {
    pad.empty();

    Outcome outcome = pad.launch(new PlanDocument(Plans.brief()));

    assertThat(outcome).isEqualTo(new Outcome.Launched("v2", List.of()));
    assertThat(pad.status().from()).isNull();
    assertThat(pad.timeline()).contains("STEP liftoff: first launch: nothing serves yet");
    assertThat(pad.turnstile.calls()).doesNotContain("ContainersStop", "ContainersRemove");
  }

  @Test
  @Recorded
  void aCandidateGoesToBlueWhenGreenServes() {
    pad.empty();
    pad.runOn(Slot.GREEN, "v1");
    pad.traffic.restore(new LaunchId("shop", "test", "v1", "earlier"), Slot.GREEN);

    Outcome outcome = pad.launch(new PlanDocument(Plans.brief()));

    assertThat(outcome).isEqualTo(new Outcome.Launched("v2", List.of()));
    assertThat(pad.traffic.weights()).isEqualTo(Weights.of(Slot.BLUE, Weight.ALL));
    assertThat(pad.containers.exists("shop-test-green")).isFalse();
  }

  @Test
  void aServiceWithoutDatabaseConfigurationAndChecksIsLaunched() {
    Outcome outcome =
        pad.launch(
            Plans.brief(
                plan -> plan.remove(List.of("database", "configuration", "checks", "warmUp"))));

    assertThat(outcome).isEqualTo(new Outcome.Launched("v2", List.of()));
    assertThat(pad.turnstile.calls())
        .noneMatch(call -> call.startsWith("Database") || call.startsWith("ConfigFiles"));
  }

  @Test
  void aSecondStartIsRefusedWhileOneRuns() {
    pad.start(Plans.withGate(Milestone.MIGRATE));
    pad.awaitGate(Milestone.MIGRATE);

    assertThatThrownBy(() -> pad.start(new PlanDocument(Plans.brief())))
        .isInstanceOf(WorkflowExecutionAlreadyStarted.class);
    assertThat(pad.status().state()).isEqualTo(State.DECIDING);
  }

  @Test
  void aSecondLaunchOfTheSameVersionIsAnother() {
    pad.launch(new PlanDocument(Plans.brief()));
    LaunchId first = pad.status().launch();

    pad.launch(Plans.brief(plan -> plan.put("version", "v3")));

    assertThat(pad.status().launch()).isNotEqualTo(first);
    assertThat(pad.status().launch().run()).isNotEqualTo(first.run());
    assertThat(pad.status().from()).isEqualTo("v2");
  }

  @Test
  void withAnHourEveryMilestoneComesAtItsTime() {
    Instant launchAt = pad.clock().plus(Duration.ofHours(30));

    pad.launch(Plans.with(plan -> plan.put("launchAt", launchAt.toString())));

    Map<Milestone, Instant> reached = reached();
    Instant zero = pad.status().clock().actual();
    assertThat(reached.keySet()).containsExactly(Milestone.values());
    for (Milestone milestone : Milestone.values()) {
      Instant from = milestone.compareTo(Milestone.GO_LIVE) <= 0 ? launchAt : zero;
      assertThat(reached.get(milestone))
          .as(milestone.word())
          .isBetween(
              from.plus(milestone.defaultOffset()),
              from.plus(milestone.defaultOffset()).plusSeconds(60));
    }
  }

  @Test
  void anHourThatHasPassedMakesNobodyWait() {
    Instant launchAt = pad.clock().minus(Duration.ofHours(1));

    pad.start(
        Plans.brief(plan -> {
          plan.put("launchAt", launchAt.toString());
          Plans.gate(plan, Milestone.GO_LIVE, "{}");
        }));
    pad.awaitGate(Milestone.GO_LIVE);

    assertThat(pad.clock()).isBefore(launchAt.plus(Duration.ofHours(2)));
  }

  @Test
  void aWholeLaunchWithGatesAndHoldsStaysUnderAThousandEvents() {
    Instant launchAt = pad.clock().plus(Duration.ofHours(30));
    pad.start(Plans.with(plan -> wholeLaunch(plan, launchAt)));

    for (Milestone gate : GATED) {
      pad.decide(gate, "go");
      pad.tell("hold");
      pad.sleep(UNEVEN);
      pad.tell("resume");
    }

    assertThat(pad.outcome()).isEqualTo(new Outcome.Launched("v2", List.of()));
    long events = pad.mostEvents() - EVENTS_OF_A_TIMER * pad.timers("rest of the window");
    System.out.println("events of a whole launch: " + events);
    assertThat(events).isLessThan(1_000);
  }

  @Test
  void aNotifierThatIsUnreachableNeverTouchesTheLaunch() {
    pad.notifier.unreachable();

    assertThat(pad.launch(new PlanDocument(Plans.brief()))).isInstanceOf(Outcome.Launched.class);
    assertThat(pad.timeline())
        .anyMatch(line -> line.startsWith("TROUBLE liftoff: message not delivered to simulated"));
  }

  @Test
  void aNotifierThatFailsNeverTouchesTheLaunch() {
    pad.turnstile.before(
        "NotifierAnnounce",
        () -> {
          throw new IllegalStateException("broken");
        });

    assertThat(pad.launch(new PlanDocument(Plans.brief()))).isInstanceOf(Outcome.Launched.class);
    assertThat(pad.timeline()).anyMatch(line -> line.contains("message not delivered"));
  }

  @Test
  @Recorded
  void anOldVersionThatCannotBeRemovedIsReportedAndFailsNothing() {
    pad.turnstile.before(
        "ContainersRemove",
        () -> {
          throw FailureType.NOT_OURS.permanent("shop-test-blue is not of shop in test");
        });

    Outcome outcome = pad.launch(new PlanDocument(Plans.brief()));

    assertThat(outcome)
        .isEqualTo(
            new Outcome.Launched(
                "v2", List.of("remove the old version: shop-test-blue is not of shop in test")));
  }

  @Test
  void theStatusSaysWhereTheLaunchStandsAndWhatARollbackWouldDo() {
    pad.start(Plans.withGate(Milestone.VALIDATION_30M));
    pad.awaitGate(Milestone.VALIDATION_30M);

    LaunchStatus status = pad.status();

    assertThat(status.schema()).isEqualTo("liftoff.status/v1");
    assertThat(status.commander()).isEqualTo("ann");
    assertThat(status.from()).isEqualTo("v1");
    assertThat(status.to()).isEqualTo("v2");
    assertThat(status.traffic().candidate()).isEqualTo(Slot.GREEN);
    assertThat(status.traffic().planned()).isEqualTo(Weight.ALL);
    assertThat(status.traffic().actual()).isEqualTo(Weights.of(Slot.GREEN, Weight.ALL));
    assertThat(status.judged().verdict()).isEqualTo(new Verdict.Pass());
    assertThat(status.judged().readings())
        .allSatisfy(reading -> {
          assertThat(reading.value()).isNotNull();
          assertThat(reading.samples()).isPositive();
        });
    assertThat(status.database().schemaBefore()).isEqualTo("1");
    assertThat(status.database().schemaNow()).isEqualTo("2");
    assertThat(status.database().proven()).isTrue();
    assertThat(status.wayBack().open()).isTrue();
    assertThat(status.wayBack().would())
        .containsExactly(
            "traffic back to blue",
            "stop green, keep its evidence",
            "find out what the migration left",
            "drop scratch databases",
            "restore configuration files");
    assertThat(status.wayBack().wouldNot())
        .containsExactly(
            "migration 1 -> 2: the schema stays",
            "rows written since traffic moved: they are kept");
  }

  @Test
  void theRevisionGrowsWithEveryChange() {
    pad.start(Plans.withGate(Milestone.MIGRATE));
    pad.awaitGate(Milestone.MIGRATE);
    long before = pad.status().revision();

    long receipt = pad.tell("note").revision();

    assertThat(receipt).isGreaterThan(before);
    assertThat(pad.status().revision()).isEqualTo(receipt);
  }

  @Test
  void queriesAnswerAfterTheEnd() {
    pad.launch(new PlanDocument(Plans.brief()));

    assertThat(pad.status().state()).isEqualTo(State.ENDED);
    assertThat(pad.status().outcome()).isEqualTo(new Outcome.Launched("v2", List.of()));
    assertThat(pad.status().wayBack().open()).isFalse();
    assertThat(pad.timeline()).last().isEqualTo("MILESTONE liftoff: launched");
  }

  @Test
  void searchAttributesSayWhatIsLaunchedAndHowItEnded() {
    WorkflowStub stub = pad.start(new PlanDocument(Plans.brief()));
    stub.getResult(Outcome.class);

    var found =
        pad.client()
            .getWorkflowServiceStubs()
            .blockingStub()
            .describeWorkflowExecution(
                DescribeWorkflowExecutionRequest.newBuilder()
                    .setNamespace(pad.temporal.getNamespace())
                    .setExecution(stub.getExecution())
                    .build())
            .getWorkflowExecutionInfo()
            .getSearchAttributes()
            .getIndexedFieldsMap();

    Map<String, String> words = new LinkedHashMap<>();
    found.forEach((name, payload) -> words.put(name, payload.getData().toStringUtf8()));
    assertThat(words)
        .containsEntry("LaunchService", "\"shop\"")
        .containsEntry("LaunchEnv", "\"test\"")
        .containsEntry("LaunchVersion", "\"v2\"")
        .containsEntry("LaunchPhase", "\"ended\"")
        .containsEntry("LaunchOutcome", "\"launched\"");
  }

  private Map<Milestone, Instant> reached() {
    return pad.entries().stream()
        .filter(entry -> entry.kind() == Kind.MILESTONE && entry.milestone() != null)
        .filter(entry -> entry.text().equals(entry.milestone().purpose()))
        .collect(
            Collectors.toMap(
                TimelineEntry::milestone,
                TimelineEntry::at,
                (first, _) -> first,
                LinkedHashMap::new));
  }

  private static void wholeLaunch(ObjectNode plan, Instant launchAt) {
    plan.put("launchAt", launchAt.toString());
    GATED.forEach(gate -> Plans.gate(plan, gate, "{}"));
  }
}

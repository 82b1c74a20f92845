package dev.liftoff;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.liftoff.checklist.Answer;
import dev.liftoff.checklist.Answers;
import dev.liftoff.checklist.ChecklistWorkflow;
import dev.liftoff.checklist.LogLine;
import dev.liftoff.checklist.ReadinessSummary;
import dev.liftoff.gate.Decision;
import dev.liftoff.gate.Role;
import dev.liftoff.plan.PlanDocument;
import dev.liftoff.status.Card;
import dev.liftoff.status.LaunchStatus.State;
import io.temporal.api.enums.v1.ParentClosePolicy;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A launch and its checklist. */
class ReadinessTest {
  @RegisterExtension private final LaunchPad pad = new LaunchPad();

  @Test
  @Recorded
  void aLaunchWhoseChecklistIsReadyAtOnceGoesOn() {
    Outcome outcome = pad.launch(plan(checklist -> {}));

    assertThat(outcome).isInstanceOf(Outcome.Launched.class);
    assertThat(pad.status().readiness().sentence())
        .isEqualTo("10.0 of 10 (3 pass, 0 deviations, 0 open)");
    assertThat(pad.timeline()).anyMatch(line -> line.contains("ready: 10.0 of 10"));
    assertThat(
            pad.notifier.announcements().stream()
                .filter(told -> told.title().equals("LAUNCH BEGINS"))
                .map(told -> told.scene().readiness()))
        .containsExactly("readiness 10.0 of 10, 0 items to go");
    assertThat(pad.turnstile.times("ReadinessExamine")).isEqualTo(4);
  }

  @Test
  void aLaunchWithoutAChecklistHasNone() {
    pad.launch(Plans.brief(plan -> {}));

    assertThat(pad.status().readiness()).isNull();
    assertThat(pad.turnstile.times("ReadinessExamine")).isZero();
  }

  @Test
  void theChecklistAddsNoMoreThanFiftyEventsToItsLaunch() {
    pad.launch(plan(checklist -> {}));

    long added =
        pad.history().stream()
            .filter(event ->
                event.hasStartChildWorkflowExecutionInitiatedEventAttributes()
                    || event.hasChildWorkflowExecutionStartedEventAttributes()
                    || event.hasSignalExternalWorkflowExecutionInitiatedEventAttributes()
                    || event.hasExternalWorkflowExecutionSignaledEventAttributes()
                    || event.hasWorkflowExecutionSignaledEventAttributes())
            .count();
    // Each of those that come from outside brings a workflow task of three events; two of a timer.
    assertThat(added).isEqualTo(2 + 3 * 2 + 4);
  }

  @Test
  @Recorded
  void aChecklistThatIsNeverReadyCallsTheLaunchOff() {
    pad.readiness.failing("DB-01");

    Outcome outcome =
        pad.launch(
            plan(checklist -> checklist.put("limit", "2h"), plan -> limit(plan, "hold", "47m")));

    assertThat(outcome).isInstanceOf(Outcome.Scrubbed.class);
    assertThat(((Outcome.Scrubbed) outcome).reason())
        .startsWith("not ready at readiness: critical and not passed: DB-01");
    assertThat(pad.told()).contains("HELD: not ready at readiness");
    assertThat(pad.turnstile.calls()).doesNotContain("TrafficRead", "DatabaseBackUp");
  }

  @Test
  void peopleMakeItReadyAndTheLaunchGoesOn() {
    pad.start(plan(checklist -> addHuman(checklist, "HUM-01", true)));
    awaitReadiness();
    assertThat(pad.status().because()).contains("critical and not passed: HUM-01");
    assertThat(pad.status().readiness().critical()).containsExactly("HUM-01");
    assertThat(Card.of(pad.status())).contains("NOT READY, as of ").contains("  - critical and");

    Answers answers = apply("pass", "HUM-01", "value", "all five are here");

    assertThat(answers.answers()).allMatch(Answer::accepted);
    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);
  }

  @Test
  void signOffsAreWaitedFor() {
    pad.start(plan(checklist -> signOffs(checklist, "database", "commander")));
    awaitReadiness();
    assertThat(pad.status().readiness().reasons())
        .containsExactly("not signed off by [database, commander]");
    assertThat(pad.status().readiness().unsigned()).containsExactly(Role.DATABASE, Role.COMMANDER);

    list().update("signOff", Answers.class, Map.of("who", "ravi", "role", "database"));
    assertThat(pad.status().milestone()).isEqualTo(Milestone.READINESS);
    list().update("signOff", Answers.class, Map.of("who", "ann", "role", "commander"));

    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);
  }

  @Test
  @Recorded
  void aRegressionBeforeTrafficMovesIsToldAndHoldsTheLaunch() {
    pad.start(
        plan(
            checklist -> {},
            plan ->
                Plans.gate(
                    plan, Milestone.GO_LIVE, "{\"roles\": [\"commander\"], \"expires\": \"1h\"}")));
    pad.awaitGate(Milestone.GO_LIVE);
    pad.readiness.failing("DB-01");
    examine();
    pad.await("told", status -> !status.readiness().ready());
    assertThat(pad.told())
        .contains("NO LONGER READY: the launch is held before its next milestone");

    pad.decide(Milestone.GO_LIVE, "go");
    pad.await(State.HELD);
    assertThat(pad.status().because())
        .isEqualTo("not ready after the gate go-live: critical and not passed: DB-01");
    assertThat(pad.traffic.weights().green().percent()).isZero();

    pad.readiness.healthy("DB-01");
    examine();

    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);
    assertThat(pad.timeline()).anyMatch(line -> line.contains("ready again"));
  }

  @Test
  void votesAreVoidWhenACriticalItemIsNoLongerSo() {
    pad.start(
        plan(
            checklist -> {},
            plan ->
                Plans.gate(
                    plan,
                    Milestone.GO_LIVE,
                    "{\"poll\": [\"database\", \"commander\"], \"expires\": \"1h\"}")));
    pad.awaitGate(Milestone.GO_LIVE);
    String launch = pad.status().launch().toString();
    pad.update("decide", new Decision(launch, "go-live", "go", "ravi", "database", "all seen"));

    pad.readiness.failing("DB-01");
    examine();
    pad.await("told", status -> !status.readiness().ready());

    assertThat(
            pad.refusal(
                "decide", new Decision(launch, "go-live", "go", "ann", "commander", "all seen")))
        .contains("database");
    assertThat(pad.timeline())
        .anyMatch(line -> line.contains("checklist") && line.contains("void"));
  }

  @Test
  void whatFailsAtTheExaminationBeforeAMilestoneHoldsTheLaunchThere() {
    pad.turnstile.before("ContainersPin", () -> pad.readiness.blind("DB-01"));
    pad.start(plan(checklist -> {}));

    pad.await(State.HELD);

    assertThat(pad.status().because()).startsWith("not ready before migrate: critical");
    assertThat(pad.turnstile.calls()).doesNotContain("DatabaseMigrate");
    assertThat(items().toString()).contains("not measured: no answer (simulated)");
  }

  @Test
  void whenNobodyCanLookNothingIsGreen() {
    pad.readiness.down(true);
    pad.start(plan(checklist -> {}));

    pad.await("answered", status -> status.readiness().number() > 0);

    assertThat(pad.status().readiness().ready()).isFalse();
    assertThat(pad.status().readiness().passed()).isZero();
    assertThat(items().toString()).contains("not measured: ");
    pad.readiness.down(false);
    examine();
    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);
  }

  /** The test server knows no such policy; the real one does what it says. */
  @Test
  void temporalEndsTheListWhenItsLaunchEnds() {
    pad.launch(plan(checklist -> {}));

    assertThat(
            pad.history().stream()
                .filter(HistoryEvent::hasStartChildWorkflowExecutionInitiatedEventAttributes)
                .map(HistoryEvent::getStartChildWorkflowExecutionInitiatedEventAttributes))
        .singleElement()
        .satisfies(started -> {
          assertThat(started.getParentClosePolicy())
              .isEqualTo(ParentClosePolicy.PARENT_CLOSE_POLICY_REQUEST_CANCEL);
          assertThat(started.getWorkflowId()).isEqualTo("checklist/shop/test");
        });
    list().cancel();
    LaunchPad.until(
        "ended",
        () ->
            list().describe().getStatus()
                == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_CANCELED);
  }

  @Test
  void aListThatSomebodyEndedBeginsAgainWithoutItsAnswers() {
    pad.start(
        plan(checklist -> {
          addHuman(checklist, "HUM-01", true);
          addHuman(checklist, "HUM-02", true);
        }));
    awaitReadiness();
    apply("pass", "HUM-01", "value", "all five are here");

    list().cancel();
    pad.await("begun again", status -> status.readiness().number() == 2);
    assertThat(pad.status().readiness().reasons())
        .contains("critical and not passed: HUM-01, HUM-02");
    apply("pass", "HUM-01", "value", "all five are here");
    apply("pass", "HUM-02", "value", "all of it");

    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);
  }

  @Test
  void theListOfAnEarlierLaunchIsWaitedFor() {
    WorkflowStub earlier =
        pad.client()
            .newUntypedWorkflowStub(
                "ChecklistWorkflow",
                WorkflowOptions.newBuilder()
                    .setTaskQueue(LaunchWorkflow.TASK_QUEUE)
                    .setWorkflowId(ChecklistWorkflow.workflowId("shop", "test"))
                    .build());
    earlier.start(
        Map.of(
            "launch", "shop/test/v1/earlier",
            "plan", Map.of(),
            "spec",
                Map.of(
                    "use",
                    "none",
                    "items",
                    List.of(),
                    "bar",
                    80,
                    "signOffs",
                    List.of(),
                    "signOffFor",
                    "PT24H",
                    "limit",
                    "PT24H"),
            "parts", List.of(),
            "asked", 1));
    pad.start(plan(checklist -> {}));
    pad.sleep(Duration.ofSeconds(25));
    assertThat(pad.status().readiness().number()).isZero();
    assertThat(pad.status().readiness().ready()).isFalse();
    assertThat(pad.status().readiness().dated()).isEqualTo("NOT KNOWN yet, NOT READY");

    list().cancel();

    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);
  }

  @Test
  void anotherLaunchCannotSpeakForThisOne() {
    pad.readiness.failing("DB-01");
    pad.start(plan(checklist -> {}));
    awaitReadiness();
    var told = pad.status().readiness();
    pad.running()
        .signal(
            "readiness",
            new ReadinessSummary(
                new LaunchId("shop", "test", "v2", "another"),
                9,
                100,
                80,
                true,
                List.of(),
                List.of(),
                3,
                0,
                0,
                0,
                "d",
                told.asOf(),
                List.of(),
                List.of()));
    pad.running().signal("readiness", "not even a summary");

    assertThat(pad.status().readiness()).isEqualTo(told);
    assertThat(pad.status().milestone()).isEqualTo(Milestone.READINESS);
  }

  @Test
  void aWrongEditDoesNotSpoilTheRest() {
    pad.start(
        plan(checklist -> {
          addHuman(checklist, "HUM-01", true);
          addHuman(checklist, "HUM-02", false);
        }));
    awaitReadiness();

    Answers answers =
        list()
            .update(
                "apply",
                Answers.class,
                edits(
                    "ann",
                    "commander",
                    edit("pass", "HUM-02", "value", "seen"),
                    edit("pass", "HUM-99", "value", "seen"),
                    edit("dance", "HUM-02"),
                    edit("deviate", "HUM-01", "reason", "r", "owner", "ann"),
                    edit("deviate", "HUM-01", "reason", "r", "until", "7d"),
                    edit("not-applicable", "HUM-01"),
                    edit("pass", "DB-01", "value", "yes"),
                    Map.of()));

    assertThat(answers.answers().stream().map(Answer::accepted))
        .containsExactly(true, false, false, false, false, false, false, false);
    assertThat(answers.answers().stream().map(Answer::message))
        .contains(
            "HUM-99 is no item of this list",
            "HUM-02 must be one of pass, fail, deviate, approve, not-applicable, confirm, was 'dance'",
            "HUM-01 until is missing: a deviation ends, say when, such as 2026-11-22T20:00:00Z or 7d",
            "HUM-01 owner is missing",
            "HUM-01 reason is missing",
            "DB-01 is measured: examine it again, or deviate",
            "item is missing");
  }

  @Test
  void aMessageThatIsWrongAsAWholeIsRefusedOrShown() {
    pad.start(plan(checklist -> addHuman(checklist, "HUM-01", true)));
    awaitReadiness();

    assertThat(refusal("apply", Map.of("who", "ann", "role", "commander")))
        .startsWith("edits is missing");
    assertThat(refusal("apply", edits("ann", "pilot", edit("pass", "HUM-01", "value", "x"))))
        .startsWith("role must be one of commander");
    Map<?, ?>[] many = new Map<?, ?>[51];
    Arrays.fill(many, edit("pass", "HUM-01", "value", "x"));
    assertThat(refusal("apply", edits("ann", "commander", many))).contains("not be more than 50");
    assertThat(refusal("signOff", Map.of("who", "ann", "role", "on-call")))
        .contains("it is not asked for");

    list().signal("apply", "not even an object");
    list().signal("apply", edits("ann", "commander", edit("pass", "HUM-99", "value", "x")));
    list().signal("signOff", Map.of("who", "ann"));
    assertThat(log().stream().map(LogLine::text))
        .contains("refused: HUM-99 is no item of this list", "refused: role is missing");
    assertThat(pad.status().milestone()).isEqualTo(Milestone.READINESS);
  }

  @Test
  void whatPeopleTypeIsInert() {
    pad.start(plan(checklist -> addHuman(checklist, "HUM-01", true)));
    awaitReadiness();
    String nasty = "<!channel> \u0007\u001b[31m" + "x".repeat(50_000);

    Answers answers = apply("fail", "HUM-01", "reason", nasty);

    assertThat(answers.answers()).allMatch(Answer::accepted);
    assertThat(answers.answers().getFirst().message())
        .doesNotContain("\u001b")
        .hasSizeLessThan(1_200);
    assertThat(items().toString()).doesNotContain("\u001b", "x".repeat(1_100));
    assertThat(pad.status().readiness().toString()).doesNotContain("channel");
  }

  private PlanDocument plan(Consumer<ObjectNode> change) {
    return plan(change, plan -> {});
  }

  private static PlanDocument plan(Consumer<ObjectNode> change, Consumer<ObjectNode> rest) {
    return Plans.brief(plan -> {
      ObjectNode checklist = plan.putObject("checklist");
      checklist.put("use", "none").putArray("signOffs");
      ArrayNode items = checklist.putArray("items");
      items.add(item("DB-01", "database", true));
      items.add(item("DEP-01", "deployment", false));
      items.add(item("MON-01", "monitoring", false));
      change.accept(checklist);
      rest.accept(plan);
    });
  }

  private static ObjectNode item(String id, String owner, boolean critical) {
    return Plans.json(
        """
        {"id": "%s", "area": "%s", "question": "Is it so?", "owner": "%s", "critical": %s,
         "validFor": "30d", "examination": {"subject": "database"}}
        """
            .formatted(id, owner, owner, critical));
  }

  private static void addHuman(ObjectNode checklist, String id, boolean critical) {
    checklist
        .withArray("items")
        .add(
            Plans.json(
                """
                {"id": "%s", "area": "people", "question": "Are all here?", "owner": "commander", "critical": %s,
                 "validFor": "30d"}
                """
                    .formatted(id, critical)));
  }

  private static void signOffs(ObjectNode checklist, String... roles) {
    checklist.set("signOffs", Plans.list((Object[]) roles));
  }

  private static void limit(ObjectNode plan, String key, String limit) {
    plan.withObject("/limits").put(key, limit);
  }

  private void awaitReadiness() {
    pad.await(
        "waiting for readiness",
        status ->
            status.milestone() == Milestone.READINESS
                && status.state() == State.WAITING
                && status.readiness().number() > 0);
  }

  private Answers apply(String action, String item, String field, String text) {
    return list()
        .update("apply", Answers.class, edits("ann", "commander", edit(action, item, field, text)));
  }

  private void examine() {
    list().update("examine", Answers.class, Map.of("who", "ann", "role", "commander"));
  }

  private String refusal(String update, Object message) {
    try {
      return "taken: " + list().update(update, Answers.class, message);
    } catch (io.temporal.client.WorkflowUpdateException refused) {
      return refused.getCause() instanceof io.temporal.failure.ApplicationFailure failure
          ? failure.getOriginalMessage()
          : String.valueOf(refused.getCause());
    }
  }

  private static Map<String, Object> edits(String who, String role, Map<?, ?>... edits) {
    return Map.of("who", who, "role", role, "edits", List.of(edits));
  }

  private static Map<String, String> edit(String action, String item, String... rest) {
    Map<String, String> edit = new java.util.TreeMap<>(Map.of("action", action, "item", item));
    for (int i = 0; i < rest.length; i += 2) {
      edit.put(rest[i], rest[i + 1]);
    }
    return edit;
  }

  private Object items() {
    return list().query("items", Object.class);
  }

  private List<LogLine> log() {
    return List.of(list().query("log", LogLine[].class));
  }

  /** By a client of its own, see {@link LaunchPad#update}. */
  private WorkflowStub list() {
    return WorkflowClient.newInstance(
            pad.temporal.getWorkflowServiceStubs(),
            WorkflowClientOptions.newBuilder().setDataConverter(Payloads.converter()).build())
        .newUntypedWorkflowStub(ChecklistWorkflow.workflowId("shop", "test"));
  }
}

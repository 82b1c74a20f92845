package dev.liftoff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.liftoff.checklist.Answer;
import dev.liftoff.checklist.Answers;
import dev.liftoff.checklist.ChecklistInput;
import dev.liftoff.checklist.ChecklistItem;
import dev.liftoff.checklist.ChecklistSpec;
import dev.liftoff.checklist.ChecklistWorkflow;
import dev.liftoff.checklist.ItemKind;
import dev.liftoff.checklist.Items;
import dev.liftoff.checklist.ItemsPage;
import dev.liftoff.checklist.ListName;
import dev.liftoff.checklist.ReadinessView;
import dev.liftoff.gate.Role;
import dev.liftoff.plan.PlanDocument;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowServiceException;
import io.temporal.client.WorkflowStub;
import io.temporal.common.WorkflowExecutionHistory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A list by itself, without its launch. */
class ChecklistWorkflowTest {
  private static final LaunchId LAUNCH = new LaunchId("shop", "test", "v2", "12345678");
  private static final int ITEMS = 145;
  private static final int ROUNDS = 30;

  /** Each edit alone in these rounds; the others in batches. */
  private static final int ALONE = 5;

  private static final int MOST_EVENTS = 4_000;

  @RegisterExtension private final LaunchPad pad = new LaunchPad();

  @Test
  void aHundredAndFortyFiveItemsWithThirtyEditsEachStaySmallAndNothingIsLost() throws IOException {
    List<ChecklistItem> items = items();
    begin(items);
    LaunchPad.until("measured", () -> view().examinedAt() != null);
    int accepted = 0;

    for (int round = 0; round < ROUNDS; round++) {
      int batch = round < ALONE ? 1 : 50;
      for (int from = 0; from < ITEMS; from += batch) {
        List<ChecklistItem> some = items.subList(from, Math.min(ITEMS, from + batch));
        accepted += accepted(apply(some, round));
      }
    }

    assertThat(accepted).isEqualTo(ITEMS * ROUNDS);
    assertThat(view().edits()).isEqualTo(ITEMS * ROUNDS);
    assertThat(states())
        .hasSize(ITEMS)
        .allSatisfy((id, because) -> assertThat(because).as(id).contains("round 29"));
    List<WorkflowExecutionHistory> runs = runs();
    assertThat(runs).hasSizeGreaterThan(1);
    assertThat(runs).allSatisfy(run -> assertThat(run.getEvents()).hasSizeLessThan(MOST_EVENTS));
    assertThat(runs.stream().mapToInt(run -> run.getEvents().size()).sum())
        .isGreaterThan(MOST_EVENTS);
    record("a-list-goes-on-anew", runs.getFirst());
    record("a-list-has-gone-on-anew", runs.getLast());
  }

  @Test
  void endToEndTestsAreExaminedBesideTheOthersWhichDoNotWaitForThem() {
    begin(
        List.of(
            Items.automatic("DB-01", Role.DATABASE),
            Items.endToEnd("E2E-01", Role.DEPLOYMENT),
            Items.automatic("DB-02", Role.DATABASE),
            Items.endToEnd("E2E-02", Role.DEPLOYMENT)));

    LaunchPad.until("measured", () -> view().examinedAt() != null);

    assertThat(pad.turnstile.times("ReadinessExamine")).isEqualTo(3);
    assertThat(view().summary().ready()).isTrue();
  }

  @Test
  void itemsThatExpireMakeItNotReadyByThemselves() {
    begin(List.of(Items.critical(Items.human("HUM-01", Role.COMMANDER))));
    LaunchPad.until("listed", () -> !view().areas().isEmpty());
    apply(List.of(Items.human("HUM-01", Role.COMMANDER)), 1);
    assertThat(view().summary().ready()).isTrue();

    pad.sleep(Duration.ofHours(25));

    assertThat(view().blocked()).anyMatch(reason -> reason.endsWith("HUM-01"));
    assertThat(states().get("HUM-01")).startsWith("its answer counted until");
  }

  @Test
  void aSignOffExpiresAndIsVoidWhenAPersonMakesItsPartWorse() {
    ChecklistItem item = Items.human("DB-01", Role.DATABASE);
    begin(List.of(item), Role.DATABASE, Role.COMMANDER);
    LaunchPad.until("listed", () -> !view().areas().isEmpty());
    tell("apply", edits("pass", "DB-01", "value", "seen"));
    tell("signOff", Map.of("who", "ravi", "role", "database"));
    tell("signOff", Map.of("who", "ann", "role", "commander"));
    assertThat(view().summary().ready()).isTrue();

    tell("apply", edits("fail", "DB-01", "reason", "the replica is gone"));
    tell("apply", edits("pass", "DB-01", "value", "it is back"));
    assertThat(view().blocked()).containsExactly("not signed off by [database]");
    assertThat(view().signOffs()).first().asString().contains("void: DB-01 has changed");

    tell("signOff", Map.of("who", "ravi", "role", "database"));
    assertThat(view().summary().ready()).isTrue();
    pad.sleep(Duration.ofHours(25));
    assertThat(view().blocked()).contains("not signed off by [database, commander]");
  }

  @Test
  void aListThatCannotBeReadIsNotReady() {
    pad.turnstile.before(
        "ChecklistsItems",
        () -> {
          throw FailureType.CHECKLIST_UNREADABLE.permanent("no such list");
        });
    start(ListName.DEFAULT, List.of(Items.automatic("DB-01", Role.DATABASE)));
    LaunchPad.until("asked", () -> !view().trouble().isEmpty());

    assertThat(view().blocked()).contains("the list default could not be read: no such list");
    assertThat(view().summary().ready()).isFalse();
  }

  @Test
  void thePlansOwnItemsTakeThePlaceOfListedOnesAndWhatDoesNotApplyIsLeftOut() {
    ChecklistItem listed = Items.human("DB-01", Role.DATABASE);
    ChecklistItem own = Items.critical(Items.human("DB-01", Role.CTO));
    ChecklistItem redis =
        new ChecklistItem(
            "RED-01",
            "redis",
            "Is it up?",
            "",
            Role.DATABASE,
            ItemKind.HUMAN,
            false,
            1,
            listed.evidence(),
            listed.validFor(),
            "redis",
            "",
            null);
    pad.checklists.put(ListName.DEFAULT, List.of(listed, redis));
    start(ListName.DEFAULT, List.of(own));
    LaunchPad.until("listed", () -> !view().areas().isEmpty());

    ItemsPage page = list().query("items", ItemsPage.class);

    assertThat(page.items())
        .singleElement()
        .satisfies(line -> {
          assertThat(line.item()).isEqualTo(own);
          assertThat(line.blocks()).isTrue();
        });
  }

  @Test
  void whatIsNoChecklistAtAllEndsAtOnce() {
    WorkflowStub stub = pad.client().newUntypedWorkflowStub("ChecklistWorkflow", options());
    stub.start("not even an object");

    assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> stub.getResult(Object.class)))
        .hasRootCauseMessage(
            "message='a checklist is started by its launch, not by hand', type='REFUSED', nonRetryable=true");
  }

  private static List<ChecklistItem> items() {
    return IntStream.range(0, ITEMS)
        .mapToObj(i -> {
          String id = "I-%03d".formatted(i);
          return i < 60
              ? Items.automatic(id, Role.COMMANDER)
              : i < 95 ? Items.both(id, Role.COMMANDER) : Items.human(id, Role.COMMANDER);
        })
        .toList();
  }

  private void begin(List<ChecklistItem> items, Role... signOffs) {
    start(ListName.NONE, items, signOffs);
  }

  private void start(ListName use, List<ChecklistItem> items, Role... signOffs) {
    ChecklistSpec spec =
        new ChecklistSpec(
            use, items, 80, List.of(signOffs), Duration.ofHours(24), Duration.ofHours(24));
    // Somebody who is told: the test server waits for ever for a signal to nobody.
    pad.start(Plans.withGate(Milestone.READINESS));
    pad.client()
        .newUntypedWorkflowStub("ChecklistWorkflow", options())
        .start(
            ChecklistInput.first(
                LAUNCH, new PlanDocument(Plans.json("{}")), spec, List.of("database"), 1));
  }

  private static WorkflowOptions options() {
    return WorkflowOptions.newBuilder()
        .setTaskQueue(LaunchWorkflow.TASK_QUEUE)
        .setWorkflowId(ChecklistWorkflow.workflowId(LAUNCH))
        .build();
  }

  private Answers apply(List<ChecklistItem> items, int round) {
    List<Map<String, String>> edits = items.stream().map(item -> edit(item, round)).toList();
    return tell("apply", Map.of("who", "ann", "role", "commander", "edits", edits));
  }

  private static Map<String, String> edit(ChecklistItem item, int round) {
    String text = "round " + round;
    Map<String, String> edit = new HashMap<>(Map.of("item", item.id(), "reason", text));
    boolean even = round % 2 == 0;
    edit.put(
        "action",
        switch (item.kind()) {
          case HUMAN -> even ? "fail" : "pass";
          case BOTH -> even ? "fail" : "deviate";
          case AUTOMATIC -> even ? "not-applicable" : "deviate";
        });
    edit.put("value", text);
    edit.put("owner", "ann");
    edit.put("until", "7d");
    return edit;
  }

  private static Map<String, Object> edits(String action, String item, String field, String text) {
    return Map.of(
        "who",
        "ravi",
        "role",
        "database",
        "edits",
        List.of(Map.of("action", action, "item", item, field, text)));
  }

  private static int accepted(Answers answers) {
    return (int) answers.answers().stream().filter(Answer::accepted).count();
  }

  /** Whoever meets a list that just goes on anew sends the same again. */
  private Answers tell(String update, Object message) {
    for (int tries = 1; ; tries++) {
      try {
        return list().update(update, Answers.class, message);
      } catch (WorkflowServiceException goesOnAnew) {
        if (tries > 5) {
          throw goesOnAnew;
        }
      }
    }
  }

  private ReadinessView view() {
    return list().query("readiness", ReadinessView.class);
  }

  private Map<String, String> states() {
    Map<String, String> states = new HashMap<>();
    int from = 0;
    do {
      ItemsPage page = list().query("items", ItemsPage.class, Map.of("from", from));
      page.items().forEach(line -> states.put(line.item().id(), line.because()));
      from = page.next();
    } while (from > 0);
    return states;
  }

  private List<WorkflowExecutionHistory> runs() {
    List<WorkflowExecutionHistory> runs = new ArrayList<>();
    String run = list().describe().getExecution().getRunId();
    while (!run.isEmpty()) {
      WorkflowExecutionHistory history =
          pad.client().fetchHistory(ChecklistWorkflow.workflowId(LAUNCH), run);
      runs.addFirst(history);
      run =
          history
              .getEvents()
              .getFirst()
              .getWorkflowExecutionStartedEventAttributes()
              .getContinuedExecutionRunId();
    }
    return runs;
  }

  private static void record(String name, WorkflowExecutionHistory history) throws IOException {
    Path file = Path.of("src/test/resources/histories", name + ".json");
    if (Boolean.getBoolean("liftoff.record") && !Files.exists(file)) {
      Files.writeString(file, Payloads.mapper().readTree(history.toJson(false)) + "\n");
    }
  }

  /** By a client of its own, see {@link LaunchPad#update}. */
  private WorkflowStub list() {
    return WorkflowClient.newInstance(
            pad.temporal.getWorkflowServiceStubs(),
            WorkflowClientOptions.newBuilder().setDataConverter(Payloads.converter()).build())
        .newUntypedWorkflowStub(ChecklistWorkflow.workflowId(LAUNCH));
  }
}

package dev.liftoff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.liftoff.checklist.Answers;
import dev.liftoff.checklist.ChecklistInput;
import dev.liftoff.checklist.ChecklistItem;
import dev.liftoff.checklist.ChecklistSpec;
import dev.liftoff.checklist.ChecklistWorkflow;
import dev.liftoff.checklist.Edit;
import dev.liftoff.checklist.Edits;
import dev.liftoff.checklist.Items;
import dev.liftoff.checklist.ItemsPage;
import dev.liftoff.checklist.ListName;
import dev.liftoff.checklist.LogLine;
import dev.liftoff.checklist.Order;
import dev.liftoff.checklist.ReadinessView;
import dev.liftoff.gate.Proof;
import dev.liftoff.gate.Role;
import dev.liftoff.people.Patience;
import dev.liftoff.people.Policy;
import dev.liftoff.people.SignedText;
import dev.liftoff.plan.PlanDocument;
import dev.liftoff.simulation.SimulatedIdentity;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who may answer a list, and who it believes. */
class ChecklistPeopleTest {
  private static final LaunchId LAUNCH = new LaunchId("shop", "test", "v2", "12345678");
  private static final List<ChecklistItem> ITEMS =
      List.of(Items.human("DB-01", Role.DATABASE), Items.human("DB-02", Role.DATABASE));

  private static final int MOST = Patience.STANDARD.most();
  private static final String VERIFY = "IdentityVerify";

  @RegisterExtension private final LaunchPad pad = new LaunchPad();
  private final Signer ann = new Signer("ann", Role.COMMANDER);

  @BeforeEach
  void somebodyIsToldOfTheList() {
    pad.start(Plans.withGate(Milestone.READINESS));
    pad.awaitGate(Milestone.READINESS);
    pad.identity.knows("ravi", Role.DATABASE).knows("omar", Role.CTO).knows("ann", Role.COMMANDER);
  }

  @Test
  void whereCallersMustBeVerifiedAnUnsignedAnswerIsRefusedAndChangesNothing() {
    pad.identity.acceptsUnverified("hold", "note");
    begin();

    assertThat(refused("apply", ravi(pass("DB-01"))))
        .isEqualTo(
            "checklist is taken from verified callers only: sign it (liftoff login), or do what unverified callers may: hold, note");
    assertThat(refused("signOff", order("ravi", "database")))
        .startsWith("sign-off is taken from verified callers only: sign it");
    list().signal("apply", ravi(pass("DB-01")));

    assertThat(log()).last().asString().contains("refused: checklist is taken from verified");
    assertThat(states()).containsOnly("pending");
    assertThat(view().edits()).isZero();
  }

  @Test
  void aSignedAnswerIsTakenAndToldAsVerifiedEverywhere() throws IOException {
    pad.identity.acceptsUnverified();
    begin();

    Answers answers = apply(signed(ravi(pass("DB-01"), fail("DB-02")), "1"));
    list().signal("signOff", signed(order("ravi", "database"), "2"));
    LaunchPad.until("signed off", () -> !view().signOffs().getFirst().contains("missing"));

    assertThat(answers.answers())
        .allSatisfy(answer -> assertThat(answer.message()).contains("ravi (database) [verified]"));
    assertThat(view().signOffs()).first().asString().startsWith("database: ravi [verified], until");
    assertThat(log())
        .anyMatch(line -> line.contains("DB-01 pass: seen, by ravi (database) [verified]"))
        .anyMatch(line -> line.contains("signs off as database [verified]"));
    record("a-list-takes-signed-answers");
  }

  @Test
  void anAnswerThatWasChangedOnItsWayIsRefusedAndTheTrueOneStillTaken() {
    pad.identity.acceptsUnverified();
    begin();
    Edits said = signed(ravi(fail("DB-01"), fail("DB-02")), "1");

    assertThat(refused("apply", ravi(fail("DB-01"), pass("DB-02")).by(said.proof())))
        .isEqualTo(
            "checklist is taken from verified callers only: the signature does not fit the message");
    assertThat(refused("apply", ravi(fail("DB-01")).by(said.proof()))).contains("does not fit");
    assertThat(refused("signOff", order("ravi", "database").by(said.proof())))
        .contains("does not fit");
    assertThat(states()).containsOnly("pending");
    assertThat(log()).last().asString().contains("ravi: refused: sign-off is taken from verified");

    assertThat(apply(said).answers()).allMatch(answer -> answer.accepted());
  }

  @Test
  void aProofCountsOnce() {
    pad.identity.acceptsUnverified();
    begin();
    Edits said = signed(ravi(pass("DB-01")), "1");
    apply(said);

    assertThat(refused("apply", said))
        .isEqualTo(
            "checklist is taken from verified callers only: this proof was used already: sign it again");
  }

  @Test
  void aProofThatAnEarlierRunTookIsRefusedByTheNext() {
    pad.identity.acceptsUnverified();
    ChecklistInput first = input();
    start(
        new ChecklistInput(
            LAUNCH,
            first.plan(),
            first.spec(),
            first.parts(),
            null,
            1,
            null,
            0,
            null,
            Policy.standard(List.of(), null),
            Map.of("1", Instant.ofEpochMilli(pad.temporal.currentTimeMillis()))));

    assertThat(refused("apply", signed(ravi(pass("DB-01")), "1"))).contains("used already");
  }

  @Test
  void nobodySignsAsARoleThatIsNotHis() {
    pad.identity.acceptsUnverified();
    begin();
    Edits said = new Edits(null, "ravi", "commander", List.of(pass("DB-01")), null);

    assertThat(refused("apply", signed(said, "1"))).contains("ravi is [database], not commander");
    assertThat(refused("signOff", signed(order("ravi", "commander"), "2")))
        .contains("ravi is [database], not commander");
  }

  @Test
  void twoNamesOfOneTokenAreOnePerson() {
    pad.identity.acceptsUnverified().knows("ravi2", Role.CTO);
    begin();
    Edit deviate = new Edit("DB-01", "deviate", null, null, "late", "ravi", "7d");
    Edit approve = new Edit("DB-01", "approve", null, null, null, null, null);
    apply(signed(ravi(deviate), "1", "ravi's key"));

    Edits again = new Edits(null, "ravi2", "cto", List.of(approve), null);
    assertThat(apply(signed(again, "2", "ravi's key")).answers())
        .singleElement()
        .satisfies(answer -> {
          assertThat(answer.accepted()).isFalse();
          assertThat(answer.message())
              .contains("needs a second person: ravi2 (ravi by the same token) asked for it");
        });
    Edits other = new Edits(null, "omar", "cto", List.of(approve), null);
    assertThat(apply(signed(other, "3", "omar's key")).answers())
        .singleElement()
        .satisfies(answer -> assertThat(answer.message()).contains("by omar (cto) [verified]"));

    tell("signOff", signed(order("ravi", "database"), "4", "ravi's key"));
    assertThat(refused("signOff", signed(order("ravi2", "cto"), "5", "ravi's key")))
        .isEqualTo(
            "ravi2 (ravi by the same token) has signed off as database: each role is another person");
  }

  @Test
  void whatIsTakenWithoutAProofIsSaidToBe() {
    pad.identity.acceptsUnverified("checklist");
    begin();

    assertThat(apply(ravi(pass("DB-01"))).answers().getFirst().message())
        .contains("by ravi (database) [unverified: no proof was shown]");
    assertThat(refused("signOff", order("ravi", "database"))).startsWith("sign-off is taken from");
  }

  @Test
  void theSettingsAreReadAgainWhenTheListIsExamined() {
    begin();
    apply(ravi(pass("DB-01")));
    pad.identity.acceptsUnverified();
    apply(ravi(pass("DB-02")));
    Instant before = view().examinedAt();
    pad.sleep(Duration.ofMinutes(1));

    tell("examine", order("ravi", "database"));
    LaunchPad.until("examined", () -> !view().examinedAt().equals(before));

    assertThat(refused("apply", ravi(pass("DB-01"))))
        .startsWith("checklist is taken from verified");
  }

  @Test
  void whoCannotBeAskedVerifiesNobodyAndTheSameIsTakenLater() {
    pad.identity.acceptsUnverified();
    begin();
    Edits said = signed(ravi(pass("DB-01")), "1");
    pad.turnstile.before(
        "IdentityVerify",
        () -> {
          throw FailureType.CHECKLIST_UNREADABLE.permanent("away");
        });

    assertThat(refused("apply", said)).contains("the proof could not be looked at: away");
    pad.turnstile.openAgain("IdentityVerify");

    assertThat(apply(said).answers()).allMatch(answer -> answer.accepted());
  }

  @Test
  void garbageCostsTwentyLooksAndTwentyLinesAndASignedAnswerIsTakenAfterIt() throws IOException {
    pad.identity.acceptsUnverified().knows(ann.person());
    begin();
    int lines = log().size();

    for (int i = 0; i < 3 * MOST; i++) {
      list().signal("apply", signed(mallory(), "g" + i));
    }
    Edits last = mallory();
    LaunchPad.until("refused", () -> refused("apply", signed(last, "x")).contains("not looked at"));
    LaunchPad.until("told", () -> log().size() > lines + MOST);
    LaunchPad.until("looked at", () -> pad.turnstile.times(VERIFY) >= MOST);

    assertThat(refused("apply", signed(last, "y")))
        .isEqualTo(
            "checklist is taken from verified callers only: it is not looked at: of such proofs 20 in 10m did not hold");
    assertThat(pad.turnstile.times(VERIFY)).isEqualTo(MOST);
    assertThat(log()).hasSize(lines + MOST + 1);
    assertThat(log())
        .last()
        .isEqualTo("liftoff: refused: more than 20 in 10m: further ones are not told");

    Edits mine = new Edits(null, "ann", "commander", List.of(pass("DB-01")), null);
    assertThat(apply(byAnn(mine)).answers()).allMatch(answer -> answer.accepted());
    assertThat(states()).contains("pass");
    record("a-list-looks-at-garbage-twenty-times");
  }

  @Test
  void aSignatureOfAnotherIsRefusedWithoutALookAndWithoutATraceInTheHistory() {
    pad.identity.acceptsUnverified().knows(ann.person());
    begin();
    Edits mine = new Edits(null, "ann", "commander", List.of(pass("DB-01")), null);
    assertThat(
            refused("apply", mine.by(ann.proof("1").signed(ann.signature("whatever she signed")))))
        .isEqualTo(
            "checklist is taken from verified callers only: the signature does not fit the message");

    assertThat(pad.turnstile.times(VERIFY)).isZero();
    assertThat(updates()).isZero();
  }

  @Test
  void aListThatDoesNotKnowWhoMayAnswerIsNotReadyAndTakesNothing() {
    pad.turnstile.before(
        "IdentityPolicy",
        () -> {
          throw FailureType.CHECKLIST_UNREADABLE.permanent("away");
        });
    startOnly(input());
    LaunchPad.until("asked", () -> !view().trouble().isEmpty());

    assertThat(view().blocked()).contains("who may answer could not be read: away");
    assertThat(refused("apply", ravi(pass("DB-01")))).contains("not there yet");
  }

  @Test
  void thatNobodyIsVerifiedIsShown() {
    pad.identity.warns("NOBODY IS VERIFIED: a test");
    begin();

    assertThat(view().warning()).isEqualTo("NOBODY IS VERIFIED: a test");
    assertThat(apply(ravi(pass("DB-01"))).answers().getFirst().message())
        .contains("by ravi (database) at");
  }

  private void begin() {
    start(input());
  }

  private void start(ChecklistInput input) {
    startOnly(input);
    LaunchPad.until("listed", () -> view().examinedAt() != null);
  }

  private void startOnly(ChecklistInput input) {
    pad.client()
        .newUntypedWorkflowStub(
            "ChecklistWorkflow",
            WorkflowOptions.newBuilder()
                .setTaskQueue(LaunchWorkflow.TASK_QUEUE)
                .setWorkflowId(ChecklistWorkflow.workflowId(LAUNCH))
                .build())
        .start(input);
  }

  private static ChecklistInput input() {
    ChecklistSpec spec =
        new ChecklistSpec(
            ListName.NONE,
            ITEMS,
            80,
            List.of(Role.DATABASE, Role.CTO, Role.COMMANDER),
            Duration.ofHours(24),
            Duration.ofHours(24));
    return ChecklistInput.first(
        LAUNCH, new PlanDocument(Plans.json("{}")), spec, List.of("database"), 1);
  }

  private static Edit pass(String item) {
    return new Edit(item, "pass", "seen", null, null, null, null);
  }

  private static Edit fail(String item) {
    return new Edit(item, "fail", null, null, "it is gone", null, null);
  }

  private static Edits ravi(Edit... edits) {
    return new Edits(null, "ravi", "database", List.of(edits), null);
  }

  private static Order order(String who, String role) {
    return new Order(null, who, role, null, List.of(), null);
  }

  private static Edits signed(Edits edits, String nonce) {
    return signed(edits, nonce, "key of " + edits.who());
  }

  private static Edits signed(Edits edits, String nonce, String key) {
    Proof proof = proof(nonce, key);
    return edits.by(proof.signed(SimulatedIdentity.signature(SignedText.of(LAUNCH, edits, proof))));
  }

  private static Edits mallory() {
    return new Edits(null, "mallory", "commander", List.of(pass("DB-01")), null);
  }

  private Edits byAnn(Edits edits) {
    Proof proof = ann.proof("real");
    return edits.by(proof.signed(ann.signature(SignedText.of(LAUNCH, edits, proof))));
  }

  private long updates() {
    return pad.client().fetchHistory(ChecklistWorkflow.workflowId(LAUNCH)).getEvents().stream()
        .filter(event -> event.getEventType().name().contains("UPDATE"))
        .count();
  }

  private static Order signed(Order order, String nonce) {
    return signed(order, nonce, "key of " + order.who());
  }

  private static Order signed(Order order, String nonce, String key) {
    Proof proof = proof(nonce, key);
    return order.by(
        proof.signed(SimulatedIdentity.signature(SignedText.of(LAUNCH, "signOff", order, proof))));
  }

  private static Proof proof(String nonce, String key) {
    return new Proof("token", "1", key, "now", "later", nonce, "");
  }

  private Answers apply(Edits edits) {
    return tell("apply", edits);
  }

  private Answers tell(String update, Object message) {
    return list().update(update, Answers.class, message);
  }

  private String refused(String update, Object message) {
    try {
      throw new AssertionError(update + " was taken: " + tell(update, message));
    } catch (WorkflowUpdateException refused) {
      return refused.getCause() instanceof ApplicationFailure failure
          ? failure.getOriginalMessage()
          : String.valueOf(refused.getCause());
    }
  }

  private ReadinessView view() {
    return list().query("readiness", ReadinessView.class);
  }

  private List<String> states() {
    return list().query("items", ItemsPage.class).items().stream()
        .map(ItemsPage.Line::state)
        .toList();
  }

  private List<String> log() {
    return Arrays.stream(list().query("log", LogLine[].class))
        .map(line -> line.who() + ": " + line.text())
        .toList();
  }

  private void record(String name) throws IOException {
    Path file = Path.of("src/test/resources/histories", name + ".json");
    if (Boolean.getBoolean("liftoff.record") && !Files.exists(file)) {
      String history =
          pad.client().fetchHistory(ChecklistWorkflow.workflowId(LAUNCH)).toJson(false);
      Files.writeString(file, Payloads.mapper().readTree(history) + "\n");
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

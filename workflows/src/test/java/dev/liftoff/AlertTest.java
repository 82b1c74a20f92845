package dev.liftoff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.liftoff.alerts.Matchers;
import dev.liftoff.container.Slot;
import dev.liftoff.gate.Decision;
import dev.liftoff.gate.Receipt;
import dev.liftoff.plan.InvalidPlan;
import dev.liftoff.plan.PlanDocument;
import dev.liftoff.plan.PlanReader;
import dev.liftoff.simulation.SimulatedAlerts.Silence;
import dev.liftoff.status.AlertsStatus;
import dev.liftoff.status.AlertsStatus.Silences;
import dev.liftoff.status.Card;
import dev.liftoff.status.LaunchStatus.State;
import dev.liftoff.traffic.Weight;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** No launch goes on over an alert that would end it, and no silence hides one. */
class AlertTest {
  private static final Map<String, String> BROKEN =
      Map.of("alertname", "Broken", "severity", "critical", "service", "shop");

  @RegisterExtension final LaunchPad pad = new LaunchPad();

  @Test
  @Recorded
  void anAlertThatFiresAtPreflightEndsTheLaunchBeforeAnythingMoved() {
    pad.alerts.fire(BROKEN);

    Outcome outcome = pad.launch(plan("[]"));

    assertThat(((Outcome.RolledBack) outcome).reason())
        .isEqualTo("preflight: alert Broken (service=shop, severity=critical) fires");
    assertThat(pad.turnstile.times("DatabaseMigrate")).isZero();
  }

  @Test
  void anAlertmanagerThatDoesNotAnswerIsNotGreen() {
    pad.alerts.unreachable();

    assertThat(((Outcome.RolledBack) pad.launch(plan("[]"))).reason())
        .isEqualTo(
            "preflight: alerts are not known: the simulated Alertmanager does not answer; what is not known is not green");
  }

  @Test
  void anAlertThatSomebodySilencedEndsTheLaunchAllTheSame() {
    pad.alerts.fire(BROKEN);
    LaunchId other = new LaunchId("other", "test", "v1", "somebody");
    var everything = Matchers.parse("service=\"shop\"");
    pad.alerts.silence(
        other,
        new dev.liftoff.alerts.SilenceOrder(
            new dev.liftoff.alerts.AlertsSpec(
                java.net.URI.create("http://am"), everything, List.of(), List.of(everything)),
            Instant.MAX));

    assertThat(((Outcome.RolledBack) pad.launch(plan("[]"))).reason())
        .endsWith("alert Broken (service=shop, severity=critical), silenced fires");
  }

  @Test
  void anAlertThatBeginsBeforeTheGateOfTrafficKeepsTrafficWhereItIs() {
    pad.turnstile.beforeNext("ContainersStart", () -> pad.alerts.fire(BROKEN));

    Outcome outcome = pad.launch(plan("[]"));

    assertThat(((Outcome.RolledBack) outcome).reason()).startsWith("go-live: alert Broken");
    assertThat(pad.turnstile.times("TrafficShift")).isZero();
  }

  @Test
  @Recorded
  void anAlertThatBeginsWhilePeopleVoteMakesTheirVotesVoid() {
    awaitPoll();
    vote("database", "ravi");
    pad.alerts.fire(BROKEN);
    vote("commander", "ann");

    pad.await("votes void", _ -> isTold("go of database (ravi) is void: alerts changed"));
    assertThat(pad.turnstile.times("DatabaseMigrate")).isZero();
    pad.alerts.calm();
    vote("database", "ravi");
    vote("commander", "ann");

    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);
  }

  @Test
  void anAlertThatStillFiresWhenAllHaveSaidGoAgainEndsTheLaunch() {
    awaitPoll();
    pad.alerts.fire(BROKEN);
    vote("database", "ravi");
    vote("commander", "ann");
    pad.await("votes void", _ -> isTold("is void: alerts changed"));
    vote("database", "ravi");
    vote("commander", "ann");

    assertThat(((Outcome.RolledBack) pad.outcome()).reason()).startsWith("migrate: alert Broken");
    assertThat(pad.turnstile.times("DatabaseMigrate")).isZero();
  }

  @Test
  void anAlertThatFiresBeforeThePollEndsTheLaunch() {
    pad.turnstile.beforeNext("DatabaseBackUp", () -> pad.alerts.fire(BROKEN));

    Outcome outcome = pad.launch(plan("[]"));

    assertThat(((Outcome.RolledBack) outcome).reason()).startsWith("migrate: alert Broken");
    assertThat(pad.turnstile.times("DatabaseMigrate")).isZero();
  }

  @Test
  @Recorded
  void anAlertAfterTrafficHoldsOnceAndTheCommanderWhoResumesHasDecided() {
    pad.start(plan("[]"));
    pad.awaitNext(Milestone.VALIDATION_30M);
    pad.alerts.fire(BROKEN);

    pad.await(State.HELD);
    assertThat(pad.status().because())
        .startsWith(
            "held by liftoff: validation-30m: alert Broken (service=shop, severity=critical) fires");
    pad.tell("resume");

    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);
    assertThat(pad.told().stream().filter("HELD: PAUSE AND INVESTIGATE"::equals)).hasSize(1);
  }

  @Test
  void anAlertmanagerThatIsAwayAfterTrafficIsAskedAbout() {
    pad.start(plan("[]"));
    pad.awaitNext(Milestone.VALIDATION_30M);
    pad.alerts.unreachable();

    pad.await(State.HELD);

    assertThat(pad.status().because())
        .contains("validation-30m could not be measured: the alerts are not known");
    pad.alerts.calm();
    pad.tell("resume");
    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);
  }

  @Test
  @Recorded
  void silencesHaveAnEndAndAreOverWithTheHandOver() {
    pad.start(plan("[\"alertname=\\\"Restarted\\\", severity=\\\"warning\\\"\"]"));
    pad.awaitNext(Milestone.VALIDATION_15M);

    Instant zero = pad.status().clock().actual();
    assertThat(pad.alerts.silences())
        .singleElement()
        .extracting(Silence::end)
        .matches(end -> !end.isAfter(zero.plus(Duration.ofMinutes(15 + 30))));
    pad.awaitNext(Milestone.CHECKPOINT_2H);
    assertThat(pad.alerts.silences()).isEmpty();
    assertThat(pad.timeline()).contains("STEP liftoff: 1 silences ended");
    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);
  }

  @Test
  void aRollbackEndsTheSilencesAndOneThatCannotEndsWithoutAHuman() {
    pad.metrics.failingAt(new Weight(25));
    assertThat(pad.launch(plan("[\"alertname=\\\"Restarted\\\", severity=\\\"warning\\\"\"]")))
        .isInstanceOf(Outcome.RolledBack.class);

    assertThat(pad.alerts.silences()).isEmpty();
    assertThat(pad.timeline()).contains("UNDO liftoff: silences end: 1 silences ended");
    assertThat(pad.traffic.weights().weight(Slot.BLUE)).isEqualTo(Weight.ALL);
  }

  @Test
  void anAlertmanagerThatIsAwayInARollbackCallsNobodySinceSilencesEndByThemselves() {
    pad.metrics.failingAt(new Weight(25));
    pad.turnstile.beforeNext("TrafficRestore", pad.alerts::unreachable);

    Outcome outcome =
        pad.launch(plan("[\"alertname=\\\"Restarted\\\", severity=\\\"warning\\\"\"]"));

    assertThat(((Outcome.RolledBack) outcome).leftovers()).isEmpty();
    assertThat(pad.timeline())
        .anyMatch(line ->
            line.startsWith(
                "UNDO liftoff: silences end: not ended, they end by themselves until "));
  }

  @Test
  void aSilenceThatCouldHideWhatEndsALaunchIsAProblemOfThePlan() {
    ObjectNode document = document("[\"alertname=\\\"Restarted\\\"\"]");

    assertThatThrownBy(() -> PlanReader.read(document))
        .isInstanceOf(InvalidPlan.class)
        .hasMessageContaining(
            "alerts.silence[0]: must not cover an alert that ends the launch: alertname=\"Restarted\" can match what alerts.abort has as severity=\"critical\"");
  }

  @Test
  void aPlanWithoutAlertsAsksNothing() {
    pad.alerts.fire(BROKEN);

    assertThat(pad.launch(new PlanDocument(Plans.brief()))).isInstanceOf(Outcome.Launched.class);
    assertThat(pad.turnstile.times("AlertsFiring")).isZero();
  }

  @Test
  void theStatusHasNoAlertsWhereThePlanHasNone() {
    pad.launch(new PlanDocument(Plans.brief()));

    assertThat(pad.status().alerts()).isNull();
    assertThat(card()).doesNotContain("alerts:");
  }

  @Test
  void beforeTheyAreAskedForAlertsAreNotQuiet() {
    ObjectNode plan = document("[]");
    plan.put("launchAt", pad.clock().plus(Duration.ofDays(2)).toString());
    pad.start(new PlanDocument(plan));

    assertThat(pad.status().alerts().state()).isEqualTo(AlertsStatus.State.NOT_ASKED);
    assertThat(pad.status().alerts().asOf()).isNull();
    assertThat(card()).contains("- alerts: not asked yet");
  }

  @Test
  void theStatusTellsWhichAlertsFireAndWhenTheyWereSeen() {
    Instant before = pad.clock();
    pad.alerts.fire(BROKEN);
    pad.alerts.fire(Map.of("alertname", "Slow", "severity", "warning", "service", "shop"));
    pad.launch(plan("[]"));

    AlertsStatus alerts = pad.status().alerts();
    assertThat(alerts.state()).isEqualTo(AlertsStatus.State.ABORT);
    assertThat(alerts.asOf()).isAfterOrEqualTo(before);
    assertThat(alerts.sentence()).isEqualTo("1 fires that no launch goes on with, and 1 other");
    assertThat(alerts.lines())
        .containsExactly(
            "Broken (service=shop, severity=critical)", "Slow (service=shop, severity=warning)");
    assertThat(card())
        .contains("- alerts: 1 fires that no launch goes on with, and 1 other, as of ")
        .contains("  - Broken (service=shop, severity=critical)");
  }

  @Test
  void alertsThatNobodyCouldReadAreNotQuiet() {
    pad.alerts.unreachable();
    pad.launch(plan("[]"));

    AlertsStatus alerts = pad.status().alerts();
    assertThat(alerts.state()).isEqualTo(AlertsStatus.State.NOT_KNOWN);
    assertThat(alerts.sentence())
        .isEqualTo("NOT KNOWN: the simulated Alertmanager does not answer");
    assertThat(alerts.asOf()).isNotNull();
  }

  @Test
  void ofManyAlertsTheStatusNamesTenAndCountsAll() {
    for (int i = 10; i < 40; i++) {
      pad.alerts.fire(Map.of("alertname", "A" + i, "severity", "warning", "service", "shop"));
    }
    pad.launch(plan("[]"));

    assertThat(pad.status().alerts().sentence())
        .isEqualTo("30 fire, none of those that end a launch");
    assertThat(pad.status().alerts().lines()).hasSize(11).last().isEqualTo("and 20 more");
  }

  @Test
  void theStatusTellsWhatIsSilencedAndUntilWhen() {
    pad.start(plan("[\"alertname=\\\"Restarted\\\", severity=\\\"warning\\\"\"]"));
    pad.awaitNext(Milestone.VALIDATION_15M);

    Silences during = pad.status().alerts().silences();
    assertThat(during.ended()).isNull();
    assertThat(pad.alerts.silences()).extracting(Silence::end).containsExactly(during.until());
    assertThat(during.lines()).singleElement().asString().contains("Restarted");
    assertThat(card()).contains("- silenced: 1 silence until ");
    pad.outcome();

    assertThat(pad.status().alerts().silences().ended()).isNotNull();
    assertThat(pad.status().alerts().silences().sentence()).startsWith("1 silence, ended ");
  }

  @Test
  void aSilenceThatMayHaveBeenTakenIsNotSaidToBeNone() {
    pad.turnstile.beforeNext("AlertsSilence", pad.alerts::unreachable);
    pad.start(plan("[\"alertname=\\\"Restarted\\\", severity=\\\"warning\\\"\"]"));

    pad.await("told", status -> status.alerts().silences() != null);

    assertThat(pad.status().alerts().silences().sentence())
        .startsWith("nobody knows whether anything is silenced, until ");
  }

  private String card() {
    return Card.of(pad.status());
  }

  private void awaitPoll() {
    ObjectNode plan = document("[]");
    Plans.gate(plan, Milestone.MIGRATE, "{\"poll\": [\"database\", \"commander\"]}");
    pad.start(new PlanDocument(plan));
    pad.awaitGate(Milestone.MIGRATE);
  }

  private void vote(String role, String who) {
    Receipt _ =
        pad.update(
            "decide",
            new Decision(pad.status().launch().toString(), "migrate", "go", who, role, "seen"));
  }

  private boolean isTold(String words) {
    return pad.timeline().stream().anyMatch(line -> line.contains(words));
  }

  private static PlanDocument plan(String silence) {
    return new PlanDocument(document(silence));
  }

  private static ObjectNode document(String silence) {
    ObjectNode plan = Plans.brief();
    plan.set(
        "alerts",
        Plans.json(
            "{\"url\": \"http://127.0.0.1:9093\", \"watch\": \"service=\\\"shop\\\"\", \"silence\": "
                + silence
                + "}"));
    return plan;
  }
}

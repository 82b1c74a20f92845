package dev.liftoff;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.liftoff.compatibility.TrialRole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Old and new version are tried on the new schema before the live one changes. */
class TrialTest {
  @RegisterExtension final LaunchPad pad = new LaunchPad();

  @Test
  @Recorded
  void anOldVersionThatWorksOnTheNewSchemaIsToldToTheCommander() {
    pad.start(
        Plans.brief(plan -> {
          tried(plan);
          Plans.gate(plan, Milestone.MIGRATE, "{\"roles\": [\"commander\"], \"expires\": \"1h\"}");
        }));
    pad.awaitGate(Milestone.MIGRATE);

    assertThat(pad.status().database().compatible()).isTrue();
    assertThat(pad.compatibility.hasContainer()).isFalse();

    pad.decide(Milestone.MIGRATE, "go");
    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);
  }

  @Test
  @Recorded
  void anOldVersionThatBreaksOnTheNewSchemaStopsTheLaunchBeforeAnythingMoved() {
    pad.compatibility.receiving(TrialRole.BASELINE_AGAIN, "23502", "null value in column \"note\"");

    Outcome outcome = pad.launch(Plans.brief(TrialTest::tried));

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.RolledBack.class,
            back -> {
              assertThat(back.at()).isEqualTo(Milestone.BACKUP);
              assertThat(back.reason()).contains("not proven to work on the new schema", "23502");
            });
    assertThat(pad.database.version()).isEqualTo("1");
    assertThat(pad.database.hasScratch()).isFalse();
  }

  @Test
  void aServiceThatNeverUsesTheCopyProvesNothing() {
    pad.compatibility.neverConnecting();

    Outcome outcome = pad.launch(Plans.brief(TrialTest::tried));

    assertThat(((Outcome.RolledBack) outcome).reason()).contains("nothing is proven");
  }

  @Test
  void withNothingToMigrateNothingIsTried() {
    pad.database.upToDate();

    pad.launch(Plans.brief(TrialTest::tried));

    assertThat(pad.turnstile.times("CompatibilityProve")).isZero();
  }

  @Test
  void aPlanThatDoesNotSayHowLeavesTheTrialOut() {
    pad.launch(Plans.brief(plan -> {}));

    assertThat(pad.turnstile.times("CompatibilityProve")).isZero();
    assertThat(pad.status().database().compatible()).isFalse();
  }

  static void tried(ObjectNode plan) {
    plan.set(
        "compatibility",
        Plans.json(
            """
            {"address": "172.31.250.13",
             "environment": {"SHOP_DATABASE": "jdbc:postgresql://{host}:{port}/{database}"},
             "checks": [{"type": "http", "name": "items", "url": "{candidate}/items"}]}
            """));
  }
}

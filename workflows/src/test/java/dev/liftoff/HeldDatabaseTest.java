package dev.liftoff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.liftoff.container.Slot;
import dev.liftoff.gate.Command;
import dev.liftoff.plan.PlanDocument;
import dev.liftoff.status.LaunchStatus.State;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A schema that nobody has rehearsed, or rows that are wrong: nothing is guessed. */
class HeldDatabaseTest {
  @RegisterExtension final LaunchPad pad = new LaunchPad();

  @Test
  @Recorded
  void anUnknownSchemaIsHeldUntilItIsRepairedForward() {
    pad.database.endingHalfWay();
    pad.start(Plans.brief(FreezeTest::frozen));
    pad.await(State.NEEDS_HUMAN);

    assertThat(pad.status().because()).contains("none that was rehearsed", "rescue puts the twin");
    assertThat(pad.status().wayBack().database()).startsWith("everything stays as it is");
    assertThat(pad.database.isFrozen()).isTrue();

    pad.database.repair();
    pad.update("retry", LaunchPad.command("repaired"));

    assertThat(pad.outcome().leftovers()).isEmpty();
    assertThat(pad.database.isFrozen()).isFalse();
  }

  @Test
  @Recorded
  void anUnknownSchemaGivesItsPlaceToTheTwinWhenAHumanSaysSo() {
    Set<String> before = pad.database.rows();
    pad.database.endingHalfWay();
    pad.start(Plans.brief(FreezeTest::frozen));
    pad.await(State.NEEDS_HUMAN);

    assertThat(pad.update("rescue", LaunchPad.command("take the twin")).message()).contains("twin");

    assertThat(pad.outcome().leftovers()).isEmpty();
    assertThat(pad.database.rows()).isEqualTo(before);
    assertThat(pad.database.beside()).anyMatch(name -> name.startsWith("shop__post_"));
    assertThat(pad.turnstile.times("DatabasePutBack")).isEqualTo(1);
    assertThat(pad.turnstile.times("DatabaseRescue")).isZero();
  }

  @Test
  void whoSkipsLetsTheServiceInAndIsToldWhatIsLeft() {
    pad.database.endingHalfWay();
    pad.start(Plans.brief(FreezeTest::frozen));
    pad.await(State.NEEDS_HUMAN);

    pad.update("skip", LaunchPad.command("later"));

    assertThat(pad.outcome().leftovers()).singleElement().asString().contains("is held");
    assertThat(pad.database.isFrozen()).isFalse();
  }

  @Test
  void rowsThatGotLostOnlineAreAHumansMatter() {
    pad.database.losingRows();
    pad.start(new PlanDocument(Plans.brief()));
    pad.await(State.NEEDS_HUMAN);

    assertThat(pad.status().because()).contains("is damaged").doesNotContain("rescue puts");
    assertThat(pad.refusal("rescue", LaunchPad.command("why not"))).contains("way back runs");
    pad.update("skip", LaunchPad.command("repaired by hand"));
    pad.outcome();

    assertThat(pad.turnstile.times("DatabasePutBack")).isZero();
  }

  @Test
  void whatIsShownAtTheGateIsTheWayBackFromThere() {
    pad.start(Plans.withGate(Milestone.MIGRATE));
    pad.awaitGate(Milestone.MIGRATE);

    assertThat(pad.status().wayBack().database()).endsWith("rows are untouched");
    LaunchPad.until("announced", () -> pad.told().contains("GO / NO-GO at migrate"));
    assertThat(pad.notifier.announcements())
        .filteredOn(each -> each.title().equals("GO / NO-GO at migrate"))
        .singleElement()
        .satisfies(each ->
            assertThat(each.facts())
                .anySatisfy(fact ->
                    assertThat(fact)
                        .isEqualTo(
                            "way back of the database after a go: the old version goes on with the new schema, which is repaired forward, by itself, and people are told; every row is kept, nothing is restored over new ones")));
  }

  @Test
  void aRescueThatIsAskedForIsTheWayBackThatIsShown() {
    pad.start(
        Plans.brief(plan -> {
          FreezeTest.frozen(plan);
          Plans.gate(
              plan, Milestone.VALIDATION_30M, "{\"roles\": [\"commander\"], \"expires\": \"1h\"}");
        }));
    pad.awaitGate(Milestone.VALIDATION_30M);
    pad.update("rescue", new Command(null, "ann", "commander", "rows are wrong", null));
    pad.await(State.NEEDS_HUMAN);

    assertThat(pad.traffic.weights().weight(Slot.BLUE)).isEqualTo(dev.liftoff.traffic.Weight.ALL);
    assertThat(pad.status().wayBack().database())
        .isEqualTo(
            "a rescue is planned, with its numbers, once a human has typed the numbers; every row is kept, nothing is restored over new ones");
  }
}

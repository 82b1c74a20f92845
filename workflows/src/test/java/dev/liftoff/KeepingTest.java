package dev.liftoff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.liftoff.gate.Command;
import dev.liftoff.plan.PlanDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is kept beside the database has its time, and nothing that was ever live goes by itself. */
class KeepingTest {
  @RegisterExtension final LaunchPad pad = new LaunchPad();

  @Test
  void theTwinGoesWhenItsLaunchIsSettledAndTheTimelineNamesIt() {
    Outcome outcome = pad.launch(Plans.brief(FreezeTest::frozen));

    assertThat(outcome.leftovers()).isEmpty();
    assertThat(pad.timeline())
        .anySatisfy(line -> assertThat(line).contains("removed: twin liftoff_twin_shop-test-v2"));
    assertThat(pad.database.beside()).singleElement().asString().startsWith("backup shop/test/v2");
  }

  @Test
  void aLaunchThatIsRolledBackKeepsItsTwinUntilTheNextOneBegins() {
    pad.metrics.failingAt(dev.liftoff.traffic.Weight.ALL);
    pad.launch(Plans.brief(FreezeTest::frozen));
    assertThat(pad.database.beside()).anyMatch(name -> name.startsWith("liftoff_twin_"));
    pad.metrics.failingAt(null);

    pad.empty();
    pad.runOn(dev.liftoff.container.Slot.BLUE, "v1");
    pad.start(Plans.withGate(Milestone.MIGRATE));
    pad.awaitGate(Milestone.MIGRATE);

    assertThat(pad.database.beside()).noneMatch(name -> name.startsWith("liftoff_twin_"));
  }

  @Test
  @Recorded
  void theCommanderGivesUpAKeptDatabaseByItsName() {
    String kept = rescuedEarlier();
    pad.start(Plans.withGate(Milestone.MIGRATE));
    pad.awaitGate(Milestone.MIGRATE);
    assertThat(pad.timeline()).contains("STEP liftoff: kept: database " + kept);

    assertThat(pad.update("discard", discard("ann", "commander", kept)).message()).contains(kept);
    LaunchPad.until(
        "answered",
        () -> pad.timeline().stream().anyMatch(line -> line.contains(kept + " goes in")));
    pad.decide(Milestone.MIGRATE, "no-go");
    pad.outcome();
    assertThat(pad.database.beside()).contains(kept);

    pad.database.timeOfKeepingIsOver();
    pad.start(Plans.withGate(Milestone.MIGRATE));
    pad.awaitGate(Milestone.MIGRATE);
    assertThat(pad.timeline()).contains("STEP liftoff: removed: database " + kept);
    assertThat(pad.database.beside()).doesNotContain(kept);
  }

  @Test
  void aKeptDatabaseThatNobodyGaveUpStaysForEver() {
    String kept = rescuedEarlier();
    pad.database.timeOfKeepingIsOver();

    pad.launch(new PlanDocument(Plans.brief()));

    assertThat(pad.database.beside()).contains(kept);
  }

  @Test
  void onlyTheCommanderGivesUpWhatWasLive() {
    pad.start(Plans.withGate(Milestone.MIGRATE));
    pad.awaitGate(Milestone.MIGRATE);

    assertThat(pad.refusal("discard", discard("bob", "database", "shop__post_1")))
        .isEqualTo("discard is for commander, not for database");
    assertThat(pad.refusal("discard", discard("ann", "commander", null)))
        .contains("database is missing");
  }

  @Test
  void aNameThatIsNoneOfOursIsRefusedInTheTimeline() {
    pad.start(Plans.withGate(Milestone.MIGRATE));
    pad.awaitGate(Milestone.MIGRATE);

    pad.running().signal("discard", discard("ann", "commander", "shop"));

    LaunchPad.until(
        "refused",
        () ->
            pad.timeline()
                .contains("REFUSED liftoff: shop is no database that a launch put aside"));
  }

  private String rescuedEarlier() {
    pad.database.losingRows();
    pad.launch(Plans.brief(FreezeTest::frozen));
    pad.database.keepingRows();
    return pad.database.beside().stream()
        .filter(name -> name.startsWith("shop__post_"))
        .findFirst()
        .orElseThrow();
  }

  private static Command discard(String who, String role, String database) {
    return new Command(null, who, role, "looked through", null).of(database);
  }
}

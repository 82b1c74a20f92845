package dev.liftoff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.liftoff.gate.Command;
import dev.liftoff.status.ActionItem;
import java.time.LocalDate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is to be done after a launch, and by whom. */
class ActionItemTest {
  @RegisterExtension final LaunchPad pad = new LaunchPad();

  @BeforeEach
  void openGate() {
    pad.start(Plans.withGate(Milestone.MIGRATE));
    pad.awaitGate(Milestone.MIGRATE);
  }

  @Test
  void anItemHasANumberAnOwnerAndADateAndIsDoneByItsNumber() {
    assertThat(pad.update("action", item("add an index", "bob", "2026-12-01")).message())
        .isEqualTo("action item 1. bob until 2026-12-01: add an index");
    pad.update("action", item("tell support", "eva", null));

    assertThat(pad.update("action", done("1")).message())
        .isEqualTo("done is action item 1. bob until 2026-12-01: add an index");

    assertThat(pad.status().team().actions())
        .containsExactly(
            new ActionItem(1, "add an index", "bob", LocalDate.of(2026, 12, 1), "ann", true),
            new ActionItem(2, "tell support", "eva", null, "ann", false));
    assertThat(pad.status().team().open()).hasSize(1);
    assertThat(pad.timeline())
        .contains(
            "COMMAND ann: action item for bob: add an index", "COMMAND ann: action item 1 is done");
  }

  @Test
  void whatIsIncompleteIsRefusedWithASentence() {
    pad.update("action", item("add an index", "bob", null));

    assertThat(pad.refusal("action", item("add an index", null, null)))
        .isEqualTo("owner is missing: every action item has somebody who does it");
    assertThat(pad.refusal("action", item(null, "bob", null)))
        .isEqualTo("reason is missing: say what is to be done");
    assertThat(pad.refusal("action", item("add an index", "bob", "tomorrow")))
        .isEqualTo("due must be a date such as 2026-12-01, was 'tomorrow'");
    assertThat(pad.refusal("action", item("add an index", "bob", "2026-02-30")))
        .startsWith("due must be a date");
    assertThat(pad.refusalBySignal("action", done("7")))
        .isEqualTo("action refused: there is no open action item '7'; open are [1]");
    assertThat(pad.refusal("action", done("-1"))).startsWith("there is no open action item '-1'");
    pad.update("action", done("1"));
    assertThat(pad.refusal("action", done("1")))
        .isEqualTo("there is no open action item '1'; open are []");
  }

  @Test
  void aLongTextIsCutAndThereAreOnlySoMany() {
    pad.update("action", item("x".repeat(50_000), "b".repeat(50_000), null));

    ActionItem cut = pad.status().team().actions().getFirst();
    assertThat(cut.text()).hasSize(1_000).endsWith("x…");
    assertThat(cut.owner()).hasSize(1_000);
    for (int i = 1; i < 100; i++) {
      pad.running().signal("action", item("item " + i, "bob", null));
    }
    assertThat(pad.refusal("action", item("one more", "bob", null)))
        .startsWith("there are 100 action items already");
  }

  private static Command item(String text, String owner, String due) {
    return LaunchPad.command(text).item(owner, due, null);
  }

  private static Command done(String number) {
    return new Command(null, "ann", "commander", null, null).item(null, null, number);
  }
}

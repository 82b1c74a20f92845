package dev.liftoff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.liftoff.notify.Announcement;
import dev.liftoff.notify.ChannelKind;
import dev.liftoff.notify.Occasion;
import dev.liftoff.plan.PlanDocument;
import dev.liftoff.traffic.Weight;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** When the pager refuses, those who are there are told, once and at once. */
class EscalationTest {
  @RegisterExtension final LaunchPad pad = new LaunchPad();

  @Test
  @Recorded
  void aPagerThatRefusesARollbackIsToldToTheOthersOnceAndNext() {
    pad.notifier.refusingPages("the pager refused: answered 400");
    pad.metrics.failingAt(Weight.ALL);

    pad.launch(new PlanDocument(Plans.brief()));

    List<String> told = pad.told();
    int at = told.indexOf("ROLLING BACK");
    assertThat(told.get(at + 1)).isEqualTo("NOBODY WAS PAGED: ROLLING BACK");
    assertThat(told.stream().filter(title -> title.startsWith("NOBODY"))).hasSize(1);
    Announcement escalated = pad.notifier.announcements().get(at + 1);
    assertThat(escalated.occasion()).isEqualTo(Occasion.ESCALATED);
    assertThat(escalated.facts().getFirst()).isEqualTo("the pager refused: answered 400");
    assertThat(escalated.routing().kinds())
        .containsExactly(ChannelKind.SLACK, ChannelKind.EMAIL, ChannelKind.WEBHOOK);
    assertThat(pad.notifier.announcements()).extracting(Announcement::key).doesNotHaveDuplicates();
    assertThat(pad.timeline())
        .contains(
            "TROUBLE liftoff: nobody was paged: the pager refused: answered 400; the others are told instead");
  }

  @Test
  void aLaunchThatPagesNobodyTellsNobodyOfIt() {
    pad.notifier.refusingPages("the pager refused: answered 400");

    pad.launch(new PlanDocument(Plans.brief()));

    assertThat(pad.told()).noneMatch(title -> title.startsWith("NOBODY"));
  }
}

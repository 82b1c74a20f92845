package dev.liftoff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.liftoff.gate.Command;
import dev.liftoff.notify.Announcement;
import dev.liftoff.notify.Backlog;
import dev.liftoff.notify.ChannelKind;
import dev.liftoff.notify.Occasion;
import dev.liftoff.plan.PlanDocument;
import dev.liftoff.traffic.Weight;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What people mute is held back, never lost, and nobody can mute what wakes people. */
class MuteTest {
  @RegisterExtension final LaunchPad pad = new LaunchPad();

  @Test
  @Recorded
  void whatIsMutedIsHeldBackAndOfItTheNewestIsToldWhenItIsUnmuted() {
    pad.start(new PlanDocument(Plans.small()));
    pad.awaitNext(Milestone.VALIDATION_15M);
    assertThat(pad.update("mute", about("slack", null)).message())
        .startsWith("slack is muted until the launch ends, or unmute; pages");
    pad.awaitNext(Milestone.HAND_OVER);

    assertThat(to(ChannelKind.SLACK)).doesNotContain(Occasion.VALIDATED);
    assertThat(to(ChannelKind.CARD)).contains(Occasion.VALIDATED);
    Backlog.Muted muted = pad.status().backlog().muted().getFirst();
    assertThat(muted.isOn()).isTrue();
    assertThat(muted.messages()).containsExactly("T+15m", "T+30m");
    assertThat(muted.sentence())
        .isEqualTo(
            "slack is muted by cara until the launch ends (too loud): held back T+15m, T+30m");
    assertThat(pad.timeline())
        .contains(
            "COMMAND cara: mute slack: too loud",
            "MESSAGE liftoff: slack is muted and was not told T+15m");

    assertThat(pad.update("unmute", about("slack", null)).message())
        .isEqualTo("slack is no longer muted; told now: T+30m");
    pad.sleep(Duration.ofSeconds(7));

    Announcement told = pad.notifier.announcements().getLast();
    assertThat(told.routing().kinds()).containsExactly(ChannelKind.SLACK);
    assertThat(told.spoken()).isEqualTo("T+30m");
    assertThat(told.facts())
        .startsWith("muted until now by cara: too loud", "not told meanwhile: T+15m");
    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);
    assertThat(to(ChannelKind.SLACK)).contains(Occasion.HAND_OVER);
    assertThat(pad.status().backlog().muted().getFirst().ended()).isNotNull();
  }

  @Test
  void aMuteWithATimeEndsByItself() {
    pad.start(new PlanDocument(Plans.small()));
    pad.awaitNext(Milestone.VALIDATION_15M);
    pad.update("mute", about("slack", "17m"));
    pad.awaitNext(Milestone.HAND_OVER);

    assertThat(pad.timeline())
        .contains(
            "MESSAGE liftoff: slack is muted and was not told T+15m",
            "MESSAGE liftoff: slack is no longer muted; told now: T+15m");
    assertThat(to(ChannelKind.SLACK)).endsWith(Occasion.VALIDATED, Occasion.VALIDATED);
    pad.outcome();
  }

  @Test
  void whatIsTooOldWhenItIsUnmutedIsNotTold() {
    pad.start(new PlanDocument(Plans.small()));
    pad.awaitNext(Milestone.VALIDATION_15M);
    pad.update("mute", about("slack", null));
    pad.awaitNext(Milestone.CHECKPOINT_4H);
    int before = pad.told().size();

    assertThat(pad.update("unmute", about("slack", null)).message())
        .isEqualTo("slack is no longer muted; nothing that it missed is worth telling now");
    assertThat(pad.told()).hasSize(before);
  }

  @Test
  void whatWakesPeopleCannotBeMuted() {
    pad.notifier.refusingPages("answered 400");
    pad.start(new PlanDocument(Plans.brief()));
    List.of("pager", "slack", "email").forEach(kind -> pad.update("mute", about(kind, null)));
    pad.metrics.failingAt(Weight.ALL);
    pad.outcome();

    assertThat(to(ChannelKind.PAGER)).contains(Occasion.ROLLING_BACK, Occasion.ROLLED_BACK);
    assertThat(to(ChannelKind.PAGER)).doesNotContain(Occasion.TRAFFIC);
    assertThat(to(ChannelKind.SLACK)).containsExactly(Occasion.ESCALATED);
    assertThat(to(ChannelKind.EMAIL)).contains(Occasion.ESCALATED);
  }

  @Test
  void whatCannotBeIsRefusedWithASentence() {
    pad.start(Plans.withGate(Milestone.MIGRATE));
    pad.awaitGate(Milestone.MIGRATE);

    assertThat(pad.refusal("mute", about(null, null)))
        .isEqualTo(
            "channel is missing: one of slack, card, status-page, email, pager, graphs, events, webhook");
    assertThat(pad.refusal("mute", about("smoke", null)))
        .startsWith("channel must be one of slack, ");
    assertThat(pad.refusal("mute", about("slack", "1s")))
        .isEqualTo("duration must be between 1m and 14d, was '1s'");
    assertThat(pad.refusal("unmute", about("slack", null))).isEqualTo("slack is not muted");
    pad.update("mute", about("slack", null));
    assertThat(pad.refusal("mute", about("slack", null)))
        .isEqualTo("slack is muted already, by cara: unmute it first");
    assertThat(pad.refusal("mute", LaunchPad.command(null).about("email", null)))
        .isEqualTo("reason is missing");
  }

  @Test
  void onlyTheCommanderAndTheCommunicationLeadMute() {
    pad.start(Plans.withGate(Milestone.MIGRATE));
    pad.awaitGate(Milestone.MIGRATE);

    assertThat(
            pad.refusal(
                "mute", new Command(null, "dan", "database", "noise", null).about("slack", null)))
        .isEqualTo("mute is for commander, communication, not for database");
  }

  private List<Occasion> to(ChannelKind kind) {
    return pad.notifier.announcements().stream()
        .filter(message -> message.routing().kinds().contains(kind))
        .map(Announcement::occasion)
        .toList();
  }

  private static Command about(String channel, String time) {
    return new Command(null, "cara", "communication", "too loud", null)
        .lasting(time)
        .about(channel, null);
  }
}

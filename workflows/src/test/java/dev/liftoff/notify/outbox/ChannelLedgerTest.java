package dev.liftoff.notify.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.liftoff.notify.Announcement;
import dev.liftoff.notify.Told;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChannelLedgerTest {
  private final List<String> lines = new ArrayList<>();
  private final ChannelLedger slack =
      new ChannelLedger("slack", (kind, line) -> lines.add(kind + " " + line));

  @Test
  void whatIsSentIsCountedAndSaysNothing() {
    slack.take(message(1), Told.sent("slack", "1700000000.1"));

    assertThat(slack.tally().sentence()).isEqualTo("slack: 1 sent");
    assertThat(slack.reference()).contains("1700000000.1");
    assertThat(lines).isEmpty();
  }

  @Test
  void whatCannotBeHelpedIsFailedAtOnce() {
    slack.take(message(1), Told.failed("slack", "answered 404", false));

    assertThat(slack.tally().sentence())
        .isEqualTo("slack: 0 sent, 1 failed (message 1: answered 404)");
    assertThat(slack.isWaiting()).isFalse();
    assertThat(lines)
        .containsExactly("TROUBLE message not delivered to slack: message 1 (answered 404)");
  }

  @Test
  void aRecipientWhoWasRefusedIsSaid() {
    slack.take(
        message(1), new Told("email", Told.State.SENT, "1 of 41 recipients refused", false, null));

    assertThat(slack.tally().sentence())
        .isEqualTo("slack: 1 sent (message 1: 1 of 41 recipients refused)");
  }

  @Test
  void aTryThatFailsAgainIsNotToldAgain() {
    slack.take(message(1), Told.failed("slack", "no answer", true));
    slack.take(message(1), Told.failed("slack", "no answer", true));

    assertThat(lines).hasSize(1);
    assertThat(slack.tally().planned()).isOne();
  }

  @Test
  void theNewestStandsForThoseThatWereMissed() {
    slack.take(message(1), Told.failed("slack", "no answer", true));
    slack.take(message(2), Told.failed("slack", "no answer", true));

    assertThat(slack.newest()).contains(message(2));
    assertThat(slack.waitingWithout(message(2))).containsExactly("message 1");
    slack.take(message(2), Told.sent("slack", null));

    assertThat(slack.tally().sentence())
        .isEqualTo("slack: 1 sent, 1 expired (message 2: no answer; it is tried again)");
    assertThat(lines.getLast())
        .isEqualTo("MESSAGE slack is back and was told message 2; missed: message 1");
  }

  @Test
  void whatMayHaveArrivedIsToldAgainAndRemembered() {
    slack.take(message(1), Told.doubtful("slack", "no answer"));

    assertThat(slack.isDoubtful(message(1))).isTrue();
    assertThat(slack.isDoubtful(message(2))).isFalse();
    assertThat(slack.tally().planned()).isOne();
    slack.take(message(1), Told.ambiguous("slack", "told again as a repeat", null));

    assertThat(slack.tally().ambiguous()).isOne();
    assertThat(slack.isWaiting()).isFalse();
    assertThat(lines)
        .contains("TROUBLE slack may have been told twice: message 1 (told again as a repeat)");
  }

  private static Announcement message(int number) {
    return new Announcement(
        "key-" + number, Announcement.Severity.INFORMATION, "message " + number, List.of());
  }
}

package dev.liftoff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.liftoff.gate.Command;
import dev.liftoff.notify.Announcement;
import dev.liftoff.notify.Backlog;
import dev.liftoff.notify.ChannelKind;
import dev.liftoff.notify.Occasion;
import dev.liftoff.notify.Told;
import dev.liftoff.plan.PlanDocument;
import dev.liftoff.status.LaunchStatus;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a channel did not simply take can be told once more, when a person asks for it. */
class ResendTest {
  @RegisterExtension final LaunchPad pad = new LaunchPad();

  @Test
  @Recorded
  void aMessageThatFailedIsToldAgainAsARepeatAndCountedAnew() {
    Backlog.Untold failed = failed();
    assertThat(failed.sentence()).endsWith("-validation-15m-validated on simulated: failed");
    pad.notifier.reachable();

    assertThat(pad.update("resend", about(failed.message(), null)).message())
        .isEqualTo(
            "told again, marked (repeat): T+15m to simulated; the timeline says what became of it");
    pad.sleep(Duration.ofSeconds(7));

    Announcement told = pad.notifier.announcements().getLast();
    assertThat(told.routing().resent()).isTrue();
    assertThat(told.routing().doubtful()).as("nobody can have it").isEmpty();
    assertThat(told.key()).endsWith("/" + failed.message());
    assertThat(pad.timeline()).contains("MESSAGE liftoff: simulated was told again: T+15m");
    assertThat(pad.status().backlog().untold()).isEmpty();
    assertThat(pad.status().messages().getFirst().failed()).isZero();
    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);
  }

  @Test
  void whatMayHaveBeenToldIsToldAgainInDoubt() {
    pad.start(new PlanDocument(Plans.small()));
    pad.awaitNext(Milestone.VALIDATION_15M);
    pad.notifier.doubtful("no answer");
    Backlog.Untold ambiguous = untold();
    assertThat(ambiguous.state()).isEqualTo(Told.State.AMBIGUOUS);
    pad.notifier.reachable();
    pad.update("resend", about(ambiguous.message(), "simulated"));
    pad.sleep(Duration.ofSeconds(7));

    assertThat(pad.notifier.announcements().getLast().routing().doubtful())
        .containsExactly("simulated");
  }

  @Test
  void whatShowsHowThingsStandIsNotToldHowTheyStoodBefore() {
    Backlog.Untold failed = failed();
    pad.notifier.reachable();
    pad.awaitNext(Milestone.HAND_OVER);
    pad.update("resend", about(failed.message(), null));
    pad.sleep(Duration.ofSeconds(7));

    Announcement told = pad.notifier.announcements().getLast();
    assertThat(told.occasion()).isEqualTo(Occasion.VALIDATED);
    assertThat(told.routing().kinds()).containsExactly(ChannelKind.SLACK, ChannelKind.WEBHOOK);
  }

  @Test
  void aRepeatThatFailsIsNotTriedUntilSomebodyAsksAgain() {
    Backlog.Untold failed = failed();
    int before = pad.status().messages().getFirst().failed();
    pad.notifier.unreachable();
    pad.update("resend", about(failed.message(), null));
    pad.sleep(Duration.ofSeconds(7));

    assertThat(pad.status().messages().getFirst().planned()).isZero();
    assertThat(pad.status().messages().getFirst().failed()).isEqualTo(before);
    assertThat(pad.status().backlog().untold()).contains(failed);
  }

  @Test
  void whatWasSentOrIsUnknownIsRefusedWithWhatThereIs() {
    Backlog.Untold failed = failed();

    assertThat(pad.refusal("resend", about("1-starting", null)))
        .startsWith("there is no message '1-starting' that failed, expired or is ambiguous; those")
        .endsWith(failed.sentence());
    assertThat(pad.refusal("resend", about(failed.message(), "pagerduty")))
        .contains("is ambiguous on pagerduty; those are: ");
    assertThat(pad.refusal("resend", about(null, null))).isEqualTo("message is missing");
  }

  private Backlog.Untold failed() {
    pad.start(new PlanDocument(Plans.small()));
    pad.awaitNext(Milestone.VALIDATION_15M);
    pad.notifier.refusing("answered 404");
    return untold();
  }

  /** The message of T+15m: it is on its way while the launch goes on. */
  private Backlog.Untold untold() {
    pad.awaitNext(Milestone.VALIDATION_30M);
    pad.await("the message of T+15m, not told", status -> ofT15(status).isPresent());
    return ofT15(pad.status()).orElseThrow();
  }

  private static Optional<Backlog.Untold> ofT15(LaunchStatus status) {
    return status.backlog().untold().stream()
        .filter(untold -> untold.message().endsWith("-validation-15m-validated"))
        .findFirst();
  }

  private static Command about(String message, String channel) {
    return new Command(null, "cara", "communication", "nobody saw it", null)
        .about(channel, message);
  }
}

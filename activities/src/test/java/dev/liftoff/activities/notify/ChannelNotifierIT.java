package dev.liftoff.activities.notify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.liftoff.SecretReference;
import dev.liftoff.activities.Secrets;
import dev.liftoff.activities.Waiting;
import dev.liftoff.notify.Delivery;
import dev.liftoff.notify.Notifier;
import dev.liftoff.notify.NotifierContract;
import dev.liftoff.notify.form.OnCall;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a webhook that takes messages as Slack does, and every way in which it may not. */
class ChannelNotifierIT extends NotifierContract {
  private static final Duration LIMIT = Duration.ofSeconds(2);

  /** For what answers: also a busy machine is that fast. */
  private static final Duration PATIENCE = Waiting.BUSY;

  /** So many that one after the other they would take a minute. */
  private static final int CHANNELS = 30;

  private static final String TOKEN = "T000-very-secret";

  private Webhook slack;
  private Notifier notifier;

  @BeforeEach
  void start() throws IOException {
    slack = new Webhook();
    notifier = notifier(PATIENCE, Map.of("SLACK", slack.url(TOKEN)));
  }

  @AfterEach
  void stop() {
    slack.close();
  }

  @Test
  void aHangingWebhookIsGivenUpAtTheLimit() {
    notifier = hasty();
    slack.answering(Webhook.Mood.HANG);
    Instant before = Instant.now();

    assertThat(outcome()).startsWith("ambiguous: no answer: ");
    assertThat(Duration.between(before, Instant.now()))
        .isBetween(LIMIT.minusMillis(100), Waiting.BUSY);
  }

  @Test
  void aWebhookThatTricklesItsAnswerIsGivenUpAtTheLimit() {
    notifier = hasty();
    slack.answering(Webhook.Mood.TRICKLE);
    Instant before = Instant.now();

    assertThat(outcome()).startsWith("ambiguous: no answer: ");
    assertThat(Duration.between(before, Instant.now())).isLessThan(Waiting.BUSY);
  }

  @Test
  void anErrorIsTriedAgainAndThenTold() {
    slack.answering(Webhook.Mood.ERROR_500);

    assertThat(outcome()).isEqualTo("not sent: answered 500");
    assertThat(slack.requests()).isEqualTo(3);
  }

  @Test
  void aMomentOfTroubleIsOvercome() {
    slack.answering(Webhook.Mood.ERROR_500, Webhook.Mood.ERROR_500, Webhook.Mood.OK);

    assertThat(outcome()).isEqualTo(Delivery.SENT);
    assertThat(slack.messages()).hasSize(1);
  }

  @Test
  void aLostAnswerIsFollowedByARepeatThatSaysSo() {
    slack.answering(Webhook.Mood.RESET, Webhook.Mood.OK);

    assertThat(outcome()).isEqualTo("ambiguous: told again as a repeat after a lost answer");
    assertThat(slack.messages()).singleElement().asString().contains("hello (repeat)");
  }

  @Test
  void whatAWorkerThatDiedMayHaveToldIsMarkedAsARepeat() {
    Secrets secrets = new Secrets(Map.of("SLACK", slack.url(TOKEN)));
    notifier =
        new ChannelNotifier(
            new ChannelNotifier.Settings(PATIENCE, OnCall.NOBODY),
            List.of(channel("slack", secrets)),
            secrets,
            () -> true);

    assertThat(outcome()).startsWith("ambiguous: ");
    assertThat(slack.messages()).singleElement().asString().contains("hello (repeat)");
  }

  @Test
  void whoIsAskedToWaitForLongDoesNotWait() {
    slack.answering(Webhook.Mood.WAIT_60);

    assertThat(outcome()).isEqualTo("not sent: answered 429");
    assertThat(slack.requests()).isOne();
  }

  @Test
  void whoIsAskedToWaitForAMomentWaits() {
    slack.answering(Webhook.Mood.WAIT_1, Webhook.Mood.OK);

    assertThat(outcome()).isEqualTo(Delivery.SENT);
  }

  @Test
  void aRefusalIsNotTriedAgain() {
    slack.answering(Webhook.Mood.GONE_404);

    assertThat(outcome()).isEqualTo("not sent: answered 404");
    assertThat(slack.requests()).isOne();
  }

  @Test
  void somebodyElsesPageIsNoDelivery() {
    slack.answering(Webhook.Mood.GARBAGE);

    assertThat(outcome()).isEqualTo("not sent: answered 200, but not ok");
  }

  @Test
  void aConnectionThatIsResetIsTold() {
    slack.answering(Webhook.Mood.RESET);

    assertThat(outcome()).startsWith("ambiguous: no answer: ");
  }

  @Test
  void noOutcomeShowsTheWebhook() {
    notifier = hasty();
    for (Webhook.Mood mood : Webhook.Mood.values()) {
      slack.answering(mood);
      assertThat(outcome()).doesNotContain(TOKEN);
    }
    slack.close();
    assertThat(outcome()).startsWith("not sent: ").doesNotContain(TOKEN);
  }

  @Test
  void aMissingSecretIsToldByItsReference() {
    notifier = notifier(PATIENCE, Map.of());

    assertThat(outcome()).startsWith("not sent: the secret env:SLACK is not set");
  }

  @Test
  void aSecretThatIsNoUrlIsNotShown() {
    notifier = notifier(PATIENCE, Map.of("SLACK", "hunter2"));

    assertThat(outcome()).isEqualTo("not sent: env:SLACK holds no URL");
  }

  @Test
  void oneBrokenChannelDoesNotHoldUpTheOthers() {
    notifier = hasty();
    slack.answering(Webhook.Mood.HANG);

    Delivery delivery = notifier.announce(LAUNCH, announcement("hello"));

    assertThat(delivery.channels()).containsEntry("log", Delivery.SENT).containsKey("slack");
  }

  @Test
  void channelsAreToldAtTheSameTime() {
    slack.answering(Webhook.Mood.HANG);
    Secrets secrets = new Secrets(Map.of("SLACK", slack.url(TOKEN)));
    notifier =
        new ChannelNotifier(
            new ChannelNotifier.Settings(LIMIT, OnCall.NOBODY),
            IntStream.range(0, CHANNELS)
                .mapToObj(number -> channel("channel" + number, secrets))
                .toList(),
            secrets,
            () -> false);
    Instant before = Instant.now();

    assertThat(notifier.announce(LAUNCH, announcement("hello")).channels()).hasSize(CHANNELS);
    assertThat(Duration.between(before, Instant.now())).isLessThan(LIMIT.multipliedBy(CHANNELS));
  }

  private String outcome() {
    return String.valueOf(notifier.announce(LAUNCH, announcement("hello")).channels().get("slack"));
  }

  private Notifier hasty() {
    return notifier(LIMIT, Map.of("SLACK", slack.url(TOKEN)));
  }

  private static Notifier notifier(Duration limit, Map<String, String> environment) {
    Secrets secrets = new Secrets(environment);
    return new ChannelNotifier(
        new ChannelNotifier.Settings(limit, OnCall.NOBODY),
        List.of(new LogChannel(), channel("slack", secrets)),
        secrets,
        () -> false);
  }

  private static Channel channel(String name, Secrets secrets) {
    return new SlackWebhook(
        new SlackWebhook.Settings(name, new SecretReference("env:SLACK")), secrets);
  }

  @Override
  protected Notifier notifier() {
    return notifier;
  }

  @Override
  protected List<String> seenByPeople() {
    return slack.messages().stream().map(ChannelNotifierIT::title).toList();
  }

  @Override
  protected void cutOff() {
    slack.close();
  }

  private static String title(String message) {
    try {
      return new ObjectMapper()
          .readTree(message)
          .at("/blocks/0/text/text")
          .asText()
          .replaceFirst("^(WARNING|CRITICAL): ", "");
    } catch (IOException notJson) {
      throw new AssertionError(message, notJson);
    }
  }
}

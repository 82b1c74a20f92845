package dev.liftoff.activities.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.liftoff.SecretReference;
import dev.liftoff.activities.Secrets;
import dev.liftoff.activities.notify.FakeSaas.Fault;
import dev.liftoff.notify.Announcement;
import dev.liftoff.notify.Delivery;
import dev.liftoff.notify.Occasion;
import dev.liftoff.notify.Told;
import dev.liftoff.notify.form.OnCall;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every channel over HTTP, and everything that may happen on the way. */
class ChannelFaultsIT {
  private static final String TOKEN = "xoxb-very-secret";
  private static final List<String> ALL =
      List.of(
          "slack-posts", "slack-card", "pagerduty", "statuspage", "grafana", "events", "webhook");

  private static final Set<Fault> LONG = Set.of(Fault.SLOW, Fault.WAIT_1);

  private Duration limit = Messages.LIMIT;
  private FakeSaas saas;

  @BeforeEach
  void start() throws IOException {
    saas = new FakeSaas();
  }

  @AfterEach
  void stop() {
    saas.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "slack-posts",
        "slack-card",
        "pagerduty",
        "statuspage",
        "grafana",
        "events",
        "webhook"
      })
  void whatWasTakenBeforeTheConnectionBrokeIsThereOnce(String channel) {
    // Two answers are lost where the channel looks before it acts.
    saas.failing(
        switch (channel) {
          case "slack-card", "statuspage" -> new Fault[] {Fault.NONE, Fault.COMMIT_THEN_RESET};
          default -> new Fault[] {Fault.COMMIT_THEN_RESET};
        });

    Told told = told(channel, Occasion.ROLLING_BACK);

    assertThat(told.state()).isEqualTo(Told.State.SENT);
    assertThat(things(channel)).isOne();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "slack-posts",
        "slack-card",
        "pagerduty",
        "statuspage",
        "grafana",
        "events",
        "webhook"
      })
  void whatAWorkerThatDiedHasSentIsThereOnce(String channel) {
    Told first = told(channel, Occasion.ROLLING_BACK);
    Told second =
        send(
            channel,
            Messages.announcement(Occasion.ROLLING_BACK, "rolling-back happens", List.of("a fact")),
            true);

    assertThat(first.state()).isEqualTo(Told.State.SENT);
    assertThat(second.state()).isEqualTo(Told.State.SENT);
    assertThat(things(channel)).isOne();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "slack-posts",
        "slack-card",
        "pagerduty",
        "statuspage",
        "grafana",
        "events",
        "webhook"
      })
  void whatAPersonHasToldAgainIsThereOnceWhereTheChannelCanKnow(String channel) {
    saas.failing(
        switch (channel) {
          case "slack-card", "statuspage" ->
              new Fault[] {Fault.NONE, Fault.COMMIT_THEN_RESET, Fault.ERROR_500, Fault.ERROR_500};
          default -> new Fault[] {Fault.COMMIT_THEN_RESET, Fault.ERROR_500, Fault.ERROR_500};
        });
    Announcement message =
        Messages.announcement(Occasion.ROLLING_BACK, "rolling-back happens", List.of("a fact"));

    assertThat(send(channel, message, false).state()).isEqualTo(Told.State.AMBIGUOUS);
    Told again = send(channel, Messages.resent(message, channel), false);

    assertThat(again.state()).isEqualTo(Told.State.SENT);
    assertThat(things(channel)).isOne();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "slack-posts",
        "slack-card",
        "pagerduty",
        "statuspage",
        "grafana",
        "events",
        "webhook"
      })
  void aServiceThatIsBrokenForLongIsTriedThreeTimesAndThenLeftToTheLedger(String channel) {
    saas.failingAlways(Fault.ERROR_500, 500);

    Told told = told(channel, Occasion.ROLLING_BACK);

    assertThat(told).isEqualTo(new Told(channel, Told.State.FAILED, "answered 500", true, null));
    assertThat(saas.requests()).hasSize(3);
    assertThat(things(channel)).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "slack-posts",
        "slack-card",
        "pagerduty",
        "statuspage",
        "grafana",
        "events",
        "webhook"
      })
  void whoIsAskedToWaitForAMomentWaitsAndSendsOnce(String channel) {
    saas.failing(channel.equals("statuspage") ? Fault.CALM_420 : Fault.WAIT_1);
    Instant before = Instant.now();

    assertThat(told(channel, Occasion.ROLLING_BACK).state()).isEqualTo(Told.State.SENT);
    assertThat(Duration.between(before, Instant.now())).isGreaterThan(Duration.ofMillis(950));
    assertThat(things(channel)).isOne();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "slack-posts",
        "slack-card",
        "pagerduty",
        "statuspage",
        "grafana",
        "events",
        "webhook"
      })
  void whoIsAskedToWaitForLongLeavesItToTheLedger(String channel) {
    saas.failing(Fault.WAIT_30);

    Told told = told(channel, Occasion.ROLLING_BACK);

    assertThat(told.again()).isTrue();
    assertThat(told.note()).isEqualTo("answered 429");
    assertThat(saas.requests()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "slack-posts",
        "slack-card",
        "pagerduty",
        "statuspage",
        "grafana",
        "events",
        "webhook"
      })
  void aRefusalIsForEverAndNamed(String channel) {
    saas.failing(Fault.UNAUTHORIZED_401);

    assertThat(told(channel, Occasion.ROLLING_BACK))
        .isEqualTo(new Told(channel, Told.State.FAILED, "answered 401", false, null));
    assertThat(saas.requests()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "slack-posts",
        "slack-card",
        "pagerduty",
        "statuspage",
        "grafana",
        "events",
        "webhook"
      })
  void aServiceThatNeverAnswersIsGivenUpAtTheLimitAndInDoubt(String channel) {
    limit = Duration.ofSeconds(2);
    saas.failing(Fault.SLOW, Fault.SLOW, Fault.SLOW);
    Instant before = Instant.now();

    Told told = told(channel, Occasion.ROLLING_BACK);

    assertThat(Duration.between(before, Instant.now())).isLessThan(Messages.LIMIT);
    assertThat(told.state()).isEqualTo(Told.State.AMBIGUOUS);
    assertThat(told.again()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"slack-posts", "slack-card", "pagerduty", "statuspage", "grafana"})
  void somebodyElsesPageIsNoDelivery(String channel) {
    saas.failing(Fault.GARBAGE, Fault.GARBAGE, Fault.GARBAGE);

    Told told = told(channel, Occasion.ROLLING_BACK);

    assertThat(told.state()).isEqualTo(Told.State.FAILED);
    assertThat(told.note()).contains("but not as");
    assertThat(things(channel)).isZero();
  }

  @Test
  void noOutcomeShowsASecret() throws Exception {
    List<Future<List<Told>>> outcomes;
    try (ExecutorService channels = Executors.newVirtualThreadPerTaskExecutor()) {
      outcomes =
          ALL.stream().map(channel -> channels.submit(() -> afterEachFault(channel))).toList();
    }
    for (Future<List<Told>> told : outcomes) {
      assertThat(told.get()).hasSize(Fault.values().length - LONG.size());
      assertThat(told.get().toString()).doesNotContain(TOKEN);
    }
  }

  /** With services of its own, so that all channels can be tried at once. */
  private List<Told> afterEachFault(String channel) throws IOException {
    FakeSaas services = new FakeSaas();
    try {
      List<Told> told = new ArrayList<>();
      for (Fault fault : EnumSet.complementOf(EnumSet.copyOf(LONG))) {
        services.failing(fault, fault, fault);
        told.add(
            delivery(services, channel, happens(Occasion.ROLLING_BACK), false).told().getFirst());
      }
      return told;
    } finally {
      services.close();
    }
  }

  @Test
  void slacksNoIsForEver() {
    saas.failing(Fault.NOT_OK);

    assertThat(told("slack-posts", Occasion.TRAFFIC))
        .isEqualTo(
            new Told(
                "slack-posts", Told.State.FAILED, "Slack says channel_not_found", false, null));
    assertThat(saas.requests()).hasSize(1);
  }

  @Test
  void aSlackThatCannotBeReadGetsARepeatThatSaysSo() {
    saas.forbidHistory();
    saas.failing(Fault.COMMIT_THEN_RESET);

    Told told = told("slack-posts", Occasion.TRAFFIC);

    assertThat(told.state()).isEqualTo(Told.State.AMBIGUOUS);
    assertThat(told.again()).isFalse();
    assertThat(saas.slackMessages()).hasSize(2);
    assertThat(saas.slackMessages().getLast().path("text").asText()).contains("(repeat)");
  }

  @Test
  void aPagerThatRefusesIsSaidAndOneThatIsOnlyBrokenIsNot() {
    saas.failing(Fault.UNAUTHORIZED_401);
    assertThat(delivery("pagerduty", Occasion.ROLLING_BACK).unpaged())
        .isEqualTo("the pager refused: answered 401");

    saas.failing(Fault.ERROR_500, Fault.ERROR_500, Fault.ERROR_500);
    assertThat(delivery("pagerduty", Occasion.ROLLING_BACK).unpaged()).isNull();
    assertThat(delivery("pagerduty", Occasion.NEEDS_HUMAN).unpaged()).isNull();
    assertThat(delivery("slack-posts", Occasion.TRAFFIC).unpaged()).isNull();
    assertThat(delivery("slack-posts", Occasion.NEEDS_HUMAN).unpaged())
        .isEqualTo("this worker has no pager");
  }

  @Test
  void onlyWhoIsOnCallIsMentionedAndOnlyWhenNobodyWasPaged() {
    told("slack-posts", Occasion.ESCALATED);
    told("slack-posts", Occasion.ROLLING_BACK);

    assertThat(saas.slackMessages().getFirst().path("text").asText())
        .startsWith("<@U024BE7LH> <@W0123> ");
    assertThat(saas.slackMessages().getLast().path("text").asText()).doesNotContain("<@");
  }

  @Test
  void theCardIsPostedOnceAndThenEdited() {
    Told first = told("slack-card", Occasion.STARTING);
    Announcement next =
        Messages.with(
            Messages.announcement(Occasion.TRAFFIC, "traffic is on 2.0.0", List.of()),
            Map.of("slack-card", first.reference()));

    Told second = send("slack-card", next, false);

    assertThat(second.reference()).isEqualTo(first.reference());
    assertThat(saas.slackMessages())
        .singleElement()
        .satisfies(card -> assertThat(card.path("text").asText()).contains("traffic is on 2.0.0"));
  }

  @Test
  void onCallIsPagedOnceAndTheAlertIsResolvedOnlyByAVerifiedRollback() {
    told("pagerduty", Occasion.ROLLING_BACK);
    told("pagerduty", Occasion.ROLLING_BACK);
    told("pagerduty", Occasion.NEEDS_HUMAN);
    told("pagerduty", Occasion.LEFT_BEHIND);
    String rollback = "launch/" + Messages.LAUNCH + "/rollback";
    String human = "launch/" + Messages.LAUNCH + "/needs-human";

    assertThat(saas.pages()).containsExactly(rollback, human);
    assertThat(saas.alerts()).containsEntry(rollback, "open").containsEntry(human, "open");

    told("pagerduty", Occasion.ROLLED_BACK);
    assertThat(saas.alerts()).containsEntry(rollback, "resolved").containsEntry(human, "resolved");
  }

  @Test
  void theMaintenanceMovesOnAndARollbackIsAnIncidentOfItsOwn() {
    told("statuspage", Occasion.NOTICE);
    told("statuspage", Occasion.TRAFFIC);
    told("statuspage", Occasion.ROLLING_BACK);
    told("statuspage", Occasion.ROLLED_BACK);

    assertThat(saas.incidents())
        .extracting(
            incident -> incident.path("name").asText() + " " + incident.path("status").asText())
        .containsExactly("Update of Shop completed", "Problem after an update of Shop resolved");
  }

  @Test
  void thePublicReadsNothingOfTheLaunch() {
    Announcement hostile =
        Messages.announcement(
            Occasion.ROLLING_BACK, "db-17.internal is down", List.of("ann says <script>"));

    send("statuspage", hostile, false);

    assertThat(saas.incidents().toString())
        .doesNotContain("internal", "ann", "script", "ab12cd34", "2.0.0");
  }

  private long things(String channel) {
    return switch (channel) {
      case "slack-posts", "slack-card" -> saas.slackMessages().size();
      case "pagerduty" -> saas.pages().size();
      case "statuspage" -> saas.incidents().size();
      case "grafana" -> saas.annotations().size();
      default -> saas.events().size();
    };
  }

  private Told told(String channel, Occasion occasion) {
    return send(channel, happens(occasion), false);
  }

  private Told send(String channel, Announcement announcement, boolean repeated) {
    return delivery(channel, announcement, repeated).told().getFirst();
  }

  private Delivery delivery(String channel, Occasion occasion) {
    return delivery(channel, happens(occasion), false);
  }

  private static Announcement happens(Occasion occasion) {
    return Messages.announcement(occasion, occasion.word() + " happens", List.of("a fact"));
  }

  private Delivery delivery(String channel, Announcement announcement, boolean repeated) {
    return delivery(saas, channel, announcement, repeated);
  }

  private Delivery delivery(
      FakeSaas services, String channel, Announcement announcement, boolean repeated) {
    Secrets secrets =
        new Secrets(Map.of("TOKEN", TOKEN, "SINK", services.url("/sink/" + TOKEN).toString()));
    List<Channel> channels =
        HttpChannels.at(services::url, secrets).stream()
            .filter(candidate -> candidate.name().equals(channel))
            .toList();
    ChannelNotifier notifier =
        new ChannelNotifier(
            new ChannelNotifier.Settings(limit, OnCall.of("U024BE7LH, W0123")),
            channels,
            secrets,
            () -> repeated);
    return notifier.announce(Messages.LAUNCH, announcement);
  }

  /** Every channel over HTTP, wired to the fake services. */
  static final class HttpChannels {
    private HttpChannels() {}

    static List<Channel> at(java.util.function.Function<String, URI> url, Secrets secrets) {
      SecretReference token = new SecretReference("env:TOKEN");
      SecretReference sink = new SecretReference("env:SINK");
      List<Channel> channels =
          new java.util.ArrayList<>(
              SlackBot.channels(
                  new SlackBot.Settings(url.apply("/slack/api"), token, "C1"), secrets));
      channels.add(new PagerDuty(new PagerDuty.Settings(url.apply("/pagerduty"), token), secrets));
      channels.add(
          new Statuspage(
              new Statuspage.Settings(url.apply("/statuspage"), "p1", token, "Shop"), secrets));
      channels.add(
          new GrafanaAnnotations(
              new GrafanaAnnotations.Settings(url.apply("/grafana"), token), secrets));
      channels.add(new CdEvents(new CdEvents.Settings(sink), secrets));
      channels.add(new JsonWebhook(new JsonWebhook.Settings(sink), secrets));
      return channels;
    }
  }
}

package dev.liftoff.worker;

import dev.liftoff.SecretReference;
import dev.liftoff.activities.notify.GrafanaAnnotations;
import dev.liftoff.activities.notify.PagerDuty;
import dev.liftoff.activities.notify.SlackBot;
import dev.liftoff.activities.notify.SmtpMail;
import dev.liftoff.activities.notify.StatusFolder;
import dev.liftoff.activities.notify.Statuspage;
import dev.liftoff.notify.form.OnCall;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The channels that this worker can reach. Which message goes to which of them is in the plan.
 *
 * @param onCall ids of people in Slack whom a message mentions when nobody could be paged
 * @param slack a Slack webhook
 * @param events where CDEvents go
 * @param webhook where whole messages go as JSON
 */
record ChannelSettings(
    Duration channelLimit,
    @Nullable String onCall,
    @Nullable SecretReference slack,
    SlackBotChoice slackBot,
    EmailChoice email,
    PagerChoice pager,
    StatusFolderChoice statusFolder,
    StatuspageChoice statuspage,
    GraphsChoice graphs,
    @Nullable SecretReference events,
    @Nullable SecretReference webhook) {

  ChannelSettings {
    OnCall.of(onCall);
  }

  sealed interface SlackBotChoice {
    record Bot(SlackBot.Settings settings) implements SlackBotChoice {}

    record None() implements SlackBotChoice {}
  }

  sealed interface EmailChoice {
    record Smtp(SmtpMail.Settings settings) implements EmailChoice {}

    record None() implements EmailChoice {}
  }

  sealed interface PagerChoice {
    record Pagerduty(PagerDuty.Settings settings) implements PagerChoice {}

    record None() implements PagerChoice {}
  }

  sealed interface StatusFolderChoice {
    record Folder(StatusFolder.Settings settings) implements StatusFolderChoice {}

    record None() implements StatusFolderChoice {}
  }

  sealed interface StatuspageChoice {
    record Page(Statuspage.Settings settings) implements StatuspageChoice {}

    record None() implements StatuspageChoice {}
  }

  sealed interface GraphsChoice {
    record Grafana(GrafanaAnnotations.Settings settings) implements GraphsChoice {}

    record None() implements GraphsChoice {}
  }
}

package dev.liftoff.worker;

import dev.liftoff.activities.Secrets;
import dev.liftoff.activities.notify.CdEvents;
import dev.liftoff.activities.notify.Channel;
import dev.liftoff.activities.notify.GrafanaAnnotations;
import dev.liftoff.activities.notify.JsonWebhook;
import dev.liftoff.activities.notify.LogChannel;
import dev.liftoff.activities.notify.PagerDuty;
import dev.liftoff.activities.notify.SlackBot;
import dev.liftoff.activities.notify.SlackWebhook;
import dev.liftoff.activities.notify.SmtpMail;
import dev.liftoff.activities.notify.StatusFolder;
import dev.liftoff.activities.notify.Statuspage;
import dev.liftoff.worker.ChannelSettings.EmailChoice;
import dev.liftoff.worker.ChannelSettings.GraphsChoice;
import dev.liftoff.worker.ChannelSettings.PagerChoice;
import dev.liftoff.worker.ChannelSettings.SlackBotChoice;
import dev.liftoff.worker.ChannelSettings.StatusFolderChoice;
import dev.liftoff.worker.ChannelSettings.StatuspageChoice;
import java.util.ArrayList;
import java.util.List;

/** The log, and every channel that the settings choose. */
final class ChosenChannels {
  private ChosenChannels() {}

  static List<Channel> of(ChannelSettings settings, Secrets secrets) {
    List<Channel> channels = new ArrayList<>(List.of(new LogChannel()));
    if (settings.slack() != null) {
      channels.add(new SlackWebhook(new SlackWebhook.Settings("slack", settings.slack()), secrets));
    }
    if (settings.slackBot() instanceof SlackBotChoice.Bot(var bot)) {
      channels.addAll(SlackBot.channels(bot, secrets));
    }
    if (settings.email() instanceof EmailChoice.Smtp(var smtp)) {
      channels.add(new SmtpMail(smtp, secrets));
    }
    if (settings.pager() instanceof PagerChoice.Pagerduty(var pagerDuty)) {
      channels.add(new PagerDuty(pagerDuty, secrets));
    }
    if (settings.statusFolder() instanceof StatusFolderChoice.Folder(var folder)) {
      channels.add(new StatusFolder(folder));
    }
    if (settings.statuspage() instanceof StatuspageChoice.Page(var page)) {
      channels.add(new Statuspage(page, secrets));
    }
    if (settings.graphs() instanceof GraphsChoice.Grafana(var grafana)) {
      channels.add(new GrafanaAnnotations(grafana, secrets));
    }
    if (settings.events() != null) {
      channels.add(new CdEvents(new CdEvents.Settings(settings.events()), secrets));
    }
    if (settings.webhook() != null) {
      channels.add(new JsonWebhook(new JsonWebhook.Settings(settings.webhook()), secrets));
    }
    return channels;
  }
}

package dev.liftoff.starter;

import dev.liftoff.notify.ChannelKind;
import dev.liftoff.plan.Durations;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code liftoff notify mute}. */
@Command(
    name = "mute",
    description = {
      "Hold back what a kind of channel would be told, until unmute or the launch's end.",
      "Of what is held back the newest is told then. What pages people cannot be muted."
    })
final class NotifyMute implements Callable<Integer> {
  private final Session session;

  @Mixin LaunchArgument launch = new LaunchArgument();
  @Mixin Consent consent = new Consent();

  @Option(
      names = "--channel",
      required = true,
      converter = Options.ChannelConverter.class,
      description = "slack, card, status-page, email, pager, graphs, events or webhook")
  @Nullable ChannelKind channel;

  @Option(
      names = "--for",
      paramLabel = "TIME",
      converter = Options.DurationConverter.class,
      description = "How long, such as 30m (default: until the launch ends)")
  @Nullable Duration time;

  NotifyMute(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    String kind = Objects.requireNonNull(channel).word();
    return new Telling(session, "mute")
        .sendAbout(
            launch.text,
            consent.reason(session),
            message ->
                message.lasting(time == null ? null : Durations.text(time)).about(kind, null),
            told -> consent.ask(session, "Hold back what " + told.name() + " tells " + kind + "?"));
  }
}

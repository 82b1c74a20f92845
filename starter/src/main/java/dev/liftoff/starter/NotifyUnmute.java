package dev.liftoff.starter;

import dev.liftoff.notify.ChannelKind;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code liftoff notify unmute}. */
@Command(
    name = "unmute",
    description = "Tell a kind of channel again: the newest that was held back, then what comes.")
final class NotifyUnmute implements Callable<Integer> {
  private final Session session;

  @Mixin LaunchArgument launch = new LaunchArgument();

  @Option(
      names = "--channel",
      required = true,
      converter = Options.ChannelConverter.class,
      description = "slack, card, status-page, email, pager, graphs, events or webhook")
  @Nullable ChannelKind channel;

  @Option(names = "--reason", description = "Why, in a sentence")
  @Nullable String reason;

  NotifyUnmute(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    String kind = Objects.requireNonNull(channel).word();
    return new Telling(session, "unmute")
        .sendAbout(launch.text, reason, message -> message.about(kind, null), told -> {});
  }
}

package dev.liftoff.activities.notify;

import dev.liftoff.LaunchId;
import dev.liftoff.activities.Secrets;
import dev.liftoff.activities.SideBySide;
import dev.liftoff.notify.Announcement;
import dev.liftoff.notify.Delivery;
import dev.liftoff.notify.Notifier;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells people through several channels at once; one that fails does not hold up the others. */
public final class ChannelNotifier implements Notifier {
  private static final Logger log = LoggerFactory.getLogger(ChannelNotifier.class);
  private static final Duration GRACE = Duration.ofMillis(500);
  private static final int LONGEST_REASON = 300;

  /**
   * How long it may take.
   *
   * @param channelLimit how long one channel may take
   */
  public record Settings(Duration channelLimit) {}

  private final Settings settings;
  private final List<Channel> channels;
  private final Secrets secrets;

  public ChannelNotifier(Settings settings, List<Channel> channels, Secrets secrets) {
    this.settings = settings;
    this.channels = List.copyOf(channels);
    this.secrets = secrets;
  }

  @Override
  public Delivery announce(LaunchId launch, Announcement announcement) {
    List<Callable<String>> sends =
        channels.stream()
            .<Callable<String>>map(channel -> () -> send(channel, launch, announcement))
            .toList();
    // The channel itself keeps the limit and can say more; this only holds when it does not.
    List<String> outcomes =
        SideBySide.run(sends, settings.channelLimit().plus(GRACE), this::notSent);
    Map<String, String> delivery = new TreeMap<>();
    for (int index = 0; index < outcomes.size(); index++) {
      delivery.put(channels.get(index).name(), outcomes.get(index));
    }
    logFailures(launch, announcement, delivery);
    return new Delivery(delivery);
  }

  private String send(Channel channel, LaunchId launch, Announcement announcement)
      throws Exception {
    channel.send(launch, announcement, settings.channelLimit());
    return Delivery.SENT;
  }

  private String notSent(Throwable failure) {
    String why =
        switch (failure) {
          case TimeoutException _ -> "no answer in " + settings.channelLimit().toMillis() + " ms";
          case ApplicationFailure known -> known.getOriginalMessage();
          case NotSent known -> String.valueOf(known.getMessage());
          default -> failure.getClass().getSimpleName() + ": " + failure.getMessage();
        };
    String masked = secrets.mask(why.replaceAll("\\p{Cntrl}+", " "));
    return "not sent: " + masked.substring(0, Math.min(masked.length(), LONGEST_REASON));
  }

  private static void logFailures(
      LaunchId launch, Announcement announcement, Map<String, String> delivery) {
    delivery.forEach((channel, outcome) -> {
      if (!outcome.equals(Delivery.SENT)) {
        log.warn(
            "announcement lost launch={} key={} channel={} outcome={}",
            launch,
            announcement.key(),
            channel,
            outcome);
      }
    });
  }
}

package dev.liftoff.activities.notify;

import dev.liftoff.LaunchId;
import dev.liftoff.activities.Secrets;
import dev.liftoff.activities.SideBySide;
import dev.liftoff.notify.Announcement;
import dev.liftoff.notify.Delivery;
import dev.liftoff.notify.Notifier;
import dev.liftoff.notify.Told;
import dev.liftoff.notify.form.OnCall;
import dev.liftoff.notify.form.Sending;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells people through several channels at once; one that fails does not hold up the others. */
public final class ChannelNotifier implements Notifier {
  private static final Logger log = LoggerFactory.getLogger(ChannelNotifier.class);
  private static final Duration GRACE = Duration.ofSeconds(2);
  private static final int LONGEST_REASON = 300;

  /**
   * How long it may take.
   *
   * @param channelLimit how long one channel may take
   * @param onCall who is mentioned when nobody could be paged
   */
  public record Settings(Duration channelLimit, OnCall onCall) {}

  private final Settings settings;
  private final List<Channel> channels;
  private final Secrets secrets;
  private final BooleanSupplier repeated;

  /**
   * @param repeated whether an earlier attempt may have told it already, asked on the calling
   *     thread
   */
  public ChannelNotifier(
      Settings settings, List<Channel> channels, Secrets secrets, BooleanSupplier repeated) {
    this.settings = settings;
    this.channels = List.copyOf(channels);
    this.secrets = secrets;
    this.repeated = repeated;
  }

  @Override
  public Delivery announce(LaunchId launch, Announcement announcement) {
    Sending sending =
        new Sending(
            launch,
            announcement,
            settings.channelLimit(),
            repeated.getAsBoolean(),
            settings.onCall());
    List<Channel> hearing =
        channels.stream().filter(channel -> channel.hears(announcement)).toList();
    List<Callable<Told>> sends =
        hearing.stream().<Callable<Told>>map(channel -> () -> channel.send(sending)).toList();
    // The channel itself keeps the limit and can say more; this only holds when it does not.
    List<Told> outcomes = SideBySide.run(sends, settings.channelLimit().plus(GRACE), this::notSent);
    List<Told> told = new ArrayList<>();
    for (int index = 0; index < outcomes.size(); index++) {
      told.add(entry(hearing.get(index).name(), outcomes.get(index)));
    }
    told.stream().filter(entry -> !entry.note().isEmpty()).forEach(entry -> warn(sending, entry));
    return Delivery.of(told).unpaged(Paging.failure(announcement, hearing, told));
  }

  private Told entry(String channel, Told told) {
    return new Told(channel, told.state(), clean(told.note()), told.again(), told.reference());
  }

  private Told notSent(Throwable failure) {
    return switch (failure) {
      case TimeoutException _ ->
          Told.doubtful("", "no answer in " + settings.channelLimit().toMillis() + " ms");
      case ApplicationFailure known -> Told.failed("", known.getOriginalMessage(), false);
      case NotSent known -> Told.failed("", String.valueOf(known.getMessage()), known.again());
      default ->
          Told.failed("", failure.getClass().getSimpleName() + ": " + failure.getMessage(), true);
    };
  }

  private String clean(String note) {
    String masked = secrets.mask(note.replaceAll("\\p{Cntrl}+", " "));
    return masked.substring(0, Math.min(masked.length(), LONGEST_REASON));
  }

  private static void warn(Sending sending, Told told) {
    log.warn(
        "announcement not simply sent launch={} key={} channel={} state={} note={}",
        sending.launch(),
        sending.announcement().key(),
        told.channel(),
        told.state(),
        told.note());
  }
}

package dev.liftoff.notify.outbox;

import static dev.liftoff.Refusals.duration;
import static dev.liftoff.Refusals.firstOf;
import static dev.liftoff.Refusals.when;

import dev.liftoff.Waits;
import dev.liftoff.Word;
import dev.liftoff.gate.Command;
import dev.liftoff.notify.Announcement;
import dev.liftoff.notify.Backlog;
import dev.liftoff.notify.ChannelKind;
import dev.liftoff.plan.Durations;
import dev.liftoff.timeline.TimelineEntry.Kind;
import io.temporal.workflow.Async;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The kinds of channels that people have muted. What is muted is kept, and when the mute ends the
 * newest of it is told, as after an outage.
 */
public final class Mutes {
  private static final Duration LEAST = Duration.ofMinutes(1);
  private static final Duration MOST = Duration.ofDays(14);

  private final List<Mute> mutes = new ArrayList<>();
  private final BiConsumer<Kind, String> lines;
  private Consumer<Announcement> telling = message -> {};
  private boolean closed;

  public Mutes(BiConsumer<Kind, String> lines) {
    this.lines = lines;
  }

  /** Who tells the newest that was held back. */
  void tellBy(Consumer<Announcement> outbox) {
    telling = outbox;
  }

  public Optional<String> refusal(Command command) {
    return firstOf(
        kind(command.channel()),
        on(command.channel())
            .map(mute -> mute.kind() + " is muted already, by " + mute.by() + ": unmute it first"),
        duration(command.duration(), LEAST, MOST));
  }

  /** After {@link #refusal} found nothing. */
  public String take(Command command) {
    String typed = command.duration();
    Duration time = typed == null ? null : Durations.parse(typed);
    Mute mute =
        new Mute(
            ChannelKind.of(String.valueOf(command.channel())),
            String.valueOf(command.who()),
            String.valueOf(command.reason()),
            time);
    mutes.add(mute);
    if (time != null) {
      beside(mute, time);
    }
    return "%s is muted until %s; pages, and what is told when nobody could be paged, never are"
        .formatted(
            mute.kind(),
            mute.until() == null
                ? "the launch ends, or unmute"
                : mute.until().truncatedTo(ChronoUnit.SECONDS));
  }

  public Optional<String> refusalToEnd(Command command) {
    return firstOf(
        kind(command.channel()),
        when(on(command.channel()).isEmpty(), command.channel() + " is not muted"));
  }

  /** After {@link #refusalToEnd} found nothing. */
  public String end(Command command) {
    return on(command.channel()).map(this::over).orElse("");
  }

  /** The kinds that hear it now; what the others do not hear is kept for them. */
  Set<ChannelKind> hearing(Announcement message, Set<ChannelKind> kinds) {
    Set<ChannelKind> hearing = audible(message, kinds);
    mutes.stream()
        .filter(mute -> kinds.contains(mute.kind()) && !hearing.contains(mute.kind()))
        .filter(Mute::isOn)
        .forEach(mute -> {
          mute.keep(message);
          lines.accept(
              Kind.MESSAGE, mute.kind() + " is muted and was not told " + message.spoken());
        });
    return hearing;
  }

  /** The same for a message that is told again. */
  Set<ChannelKind> audible(Announcement message, Set<ChannelKind> kinds) {
    Set<ChannelKind> audible = EnumSet.noneOf(ChannelKind.class);
    kinds.stream()
        .filter(kind -> message.occasion().isNeverMutedOn(kind) || on(kind.word()).isEmpty())
        .forEach(audible::add);
    return audible;
  }

  public List<Backlog.Muted> all() {
    return mutes.stream().map(Mute::shown).toList();
  }

  /** The launch ends: nothing is told any more. */
  public void close() {
    closed = true;
  }

  /** In a scope of its own: a launch that is called off still has much to say. */
  private void beside(Mute mute, Duration time) {
    Workflow.newDetachedCancellationScope(
            () -> {
              var _ = Async.procedure(() -> await(mute, time));
            })
        .run();
  }

  private void await(Mute mute, Duration time) {
    if (!Waits.until(mute.kind() + " is muted", time, () -> closed || !mute.isOn())) {
      over(mute);
    }
  }

  private String over(Mute mute) {
    Optional<Announcement> newest = mute.end(Waits.now());
    String told =
        newest
            .map(message -> "told now: " + message.spoken())
            .orElse("nothing that it missed is worth telling now");
    newest.ifPresent(telling);
    String line = mute.kind() + " is no longer muted; " + told;
    lines.accept(Kind.MESSAGE, line);
    return line;
  }

  private Optional<Mute> on(@Nullable String kind) {
    return mutes.stream()
        .filter(mute -> mute.isOn() && mute.kind().word().equals(kind))
        .findFirst();
  }

  private static Optional<String> kind(@Nullable String typed) {
    if (typed == null) {
      return Optional.of("channel is missing: one of " + Word.all(ChannelKind.class));
    }
    try {
      ChannelKind.of(typed);
      return Optional.empty();
    } catch (IllegalArgumentException unknown) {
      return Optional.of("channel " + unknown.getMessage());
    }
  }
}

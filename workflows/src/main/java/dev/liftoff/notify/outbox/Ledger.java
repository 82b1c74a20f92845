package dev.liftoff.notify.outbox;

import dev.liftoff.notify.Announcement;
import dev.liftoff.notify.Backlog;
import dev.liftoff.notify.Delivery;
import dev.liftoff.notify.Occasion;
import dev.liftoff.notify.Tally;
import dev.liftoff.notify.Told;
import dev.liftoff.timeline.TimelineEntry.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * What became of each message on each channel, and what still has to be told. Decides nothing about
 * the launch.
 */
public final class Ledger {
  private final Map<String, ChannelLedger> channels = new TreeMap<>();
  private final BiConsumer<Kind, String> lines;
  private final Resends resends = new Resends(this);
  private final Set<Occasion> told = EnumSet.noneOf(Occasion.class);

  public Ledger(BiConsumer<Kind, String> lines) {
    this.lines = lines;
  }

  public void take(Announcement message, Delivery delivery) {
    delivery.told().forEach(told -> channel(told.channel()).take(message, told));
    if (delivery.told().stream().anyMatch(Told::reachedPeople)) {
      told.add(message.occasion());
    }
    if (delivery.unpaged() != null) {
      lines.accept(
          Kind.TROUBLE,
          "nobody was paged: " + delivery.unpaged() + "; the others are told instead");
    }
    ChannelLedger every = channels.get(Told.EVERY);
    if (every != null) {
      every.answered(message);
    }
  }

  public Resends resends() {
    return resends;
  }

  /** What came of a message that a person had told again on these channels. */
  void takeAgain(Announcement message, List<String> channels, Delivery delivery) {
    delivery.told().stream()
        .filter(told -> !told.channel().equals(Told.LOG) || channels.contains(Told.LOG))
        .forEach(told -> channel(told.channel()).takeAgain(message, told));
    if (channels.contains(Told.EVERY)) {
      channel(Told.EVERY).forget(message);
    }
    channels.stream()
        .filter(name -> !name.equals(Told.EVERY))
        .filter(name -> delivery.told().stream().noneMatch(told -> told.channel().equals(name)))
        .forEach(name ->
            lines.accept(
                Kind.MESSAGE,
                "%s was not told %s again: it is muted, or has something newer"
                    .formatted(name, message.spoken())));
  }

  /** Not even the names came back this time. */
  void lostAgain(Announcement message, List<String> channels, String why) {
    channels.forEach(name -> channel(name).takeAgain(message, Told.failed(name, why, false)));
  }

  /** What people can have told again. */
  public List<Backlog.Untold> untold() {
    return channels.values().stream().flatMap(channel -> channel.untold().all().stream()).toList();
  }

  public Optional<Announcement> untold(String name) {
    return channels.values().stream()
        .flatMap(channel -> channel.untold().find(name).stream())
        .findFirst();
  }

  /** The channels that did not simply take this one. */
  List<String> untoldOn(String name) {
    return channels.entrySet().stream()
        .filter(entry -> entry.getValue().untold().find(name).isPresent())
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Not even the names of the channels came back. */
  public void lost(Announcement message, String why) {
    channel(Told.EVERY).take(message, Told.failed(Told.EVERY, why, true));
  }

  /** Whether a channel took one of these, were it only perhaps; the log of the worker is none. */
  public boolean isTold(Occasion occasion) {
    return told.contains(occasion);
  }

  boolean isWaiting() {
    return channels.values().stream().anyMatch(ChannelLedger::isWaiting);
  }

  /**
   * What to tell again: of each channel the newest that it has not had, with who has not had it.
   */
  Map<Announcement, List<String>> newest() {
    Map<Announcement, List<String>> newest = new LinkedHashMap<>();
    channels.forEach((name, channel) ->
        channel
            .newest()
            .ifPresent(
                message -> newest.computeIfAbsent(message, _ -> new ArrayList<>()).add(name)));
    return newest;
  }

  /** For each channel the messages that it has not had, in words, without this one. */
  Map<String, List<String>> missedBefore(Announcement message) {
    Map<String, List<String>> missed = new TreeMap<>();
    channels.forEach((name, channel) -> {
      List<String> others = channel.waitingWithout(message);
      if (!others.isEmpty()) {
        missed.put(name, others);
      }
    });
    return missed;
  }

  Map<String, String> references() {
    Map<String, String> references = new TreeMap<>();
    channels.forEach((name, channel) ->
        channel.reference().ifPresent(reference -> references.put(name, reference)));
    return references;
  }

  void expire(Instant now) {
    channels.values().forEach(channel -> channel.expire(now));
  }

  /** The channels that may have told it already. */
  List<String> doubtful(Announcement message) {
    return channels.entrySet().stream()
        .filter(entry -> entry.getValue().isDoubtful(message))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The launch ends: what was not told until now never is. */
  public void close() {
    channels.values().forEach(ChannelLedger::close);
  }

  public List<Tally> tallies() {
    return channels.values().stream().map(ChannelLedger::tally).toList();
  }

  private ChannelLedger channel(String name) {
    return channels.computeIfAbsent(name, _ -> new ChannelLedger(name, lines));
  }
}

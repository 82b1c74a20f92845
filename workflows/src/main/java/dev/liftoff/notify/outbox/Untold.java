package dev.liftoff.notify.outbox;

import dev.liftoff.notify.Announcement;
import dev.liftoff.notify.Backlog;
import dev.liftoff.notify.Told;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one channel did not simply take, for whoever wants it told again. */
final class Untold {
  /** In memory only, and shown with every status. */
  private static final int MOST = 30;

  private record Entry(Announcement message, Told.State state) {}

  private final String channel;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  Untold(String channel) {
    this.channel = channel;
  }

  void add(Announcement message, Told.State state) {
    entries.remove(message.key());
    if (entries.size() >= MOST) {
      entries.remove(entries.keySet().iterator().next());
    }
    entries.put(message.key(), new Entry(message, state));
  }

  /** How it stood; null when it was not among them. */
  Told.@Nullable State remove(Announcement message) {
    Entry entry = entries.remove(message.key());
    return entry == null ? null : entry.state();
  }

  Optional<Announcement> find(String name) {
    return entries.values().stream()
        .map(Entry::message)
        .filter(message -> name(message).equals(name) || message.key().equals(name))
        .findFirst();
  }

  List<Backlog.Untold> all() {
    return entries.values().stream()
        .map(entry ->
            new Backlog.Untold(
                name(entry.message()), channel, entry.state(), entry.message().title()))
        .toList();
  }

  /** Short enough to be typed, and one of a kind in the launch. */
  static String name(Announcement message) {
    return message.key().substring(message.key().lastIndexOf('/') + 1);
  }
}

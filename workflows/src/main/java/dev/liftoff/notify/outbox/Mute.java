package dev.liftoff.notify.outbox;

import dev.liftoff.Waits;
import dev.liftoff.notify.Announcement;
import dev.liftoff.notify.Backlog;
import dev.liftoff.notify.ChannelKind;
import dev.liftoff.notify.Routing;
import dev.liftoff.notify.Scene;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One kind of channel that somebody muted, and what it did not hear. */
final class Mute {
  private final ChannelKind kind;
  private final String by;
  private final String reason;
  private final Instant since = Waits.now();
  private final @Nullable Instant until;
  private final List<Announcement> kept = new ArrayList<>();
  private @Nullable Instant ended;

  /**
   * @param time null for the rest of the launch
   */
  Mute(ChannelKind kind, String by, String reason, @Nullable Duration time) {
    this.kind = kind;
    this.by = by;
    this.reason = reason;
    until = time == null ? null : since.plus(time);
  }

  ChannelKind kind() {
    return kind;
  }

  String by() {
    return by;
  }

  @Nullable Instant until() {
    return until;
  }

  boolean isOn() {
    return ended == null;
  }

  void keep(Announcement message) {
    kept.add(message);
  }

  /** The newest that was kept, naming the others; empty when it is too late to tell even that. */
  Optional<Announcement> end(Instant now) {
    ended = now;
    return kept.isEmpty() || isTooLate(kept.getLast(), now)
        ? Optional.empty()
        : Optional.of(newest());
  }

  Backlog.Muted shown() {
    return new Backlog.Muted(
        kind, by, reason, since, until, ended, kept.stream().map(Announcement::spoken).toList());
  }

  private Announcement newest() {
    Announcement last = kept.getLast();
    List<String> facts =
        new ArrayList<>(List.of("muted until now by %s: %s".formatted(by, reason)));
    if (kept.size() > 1) {
      facts.add(
          "not told meanwhile: "
              + String.join(
                  ", ",
                  kept.subList(0, kept.size() - 1).stream().map(Announcement::spoken).toList()));
    }
    facts.addAll(last.facts());
    return new Announcement(
        last.key(),
        last.severity(),
        last.title(),
        facts,
        last.occasion(),
        last.scene(),
        Routing.to(Set.of(kind)));
  }

  private static boolean isTooLate(Announcement message, Instant now) {
    Scene scene = message.scene();
    return scene != null && !scene.notAfter().isAfter(now);
  }
}

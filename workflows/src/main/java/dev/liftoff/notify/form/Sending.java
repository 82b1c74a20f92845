package dev.liftoff.notify.form;

import dev.liftoff.LaunchId;
import dev.liftoff.notify.Announcement;
import dev.liftoff.notify.Routing;
import dev.liftoff.notify.Scene;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An announcement on its way.
 *
 * @param limit how long a channel may take
 * @param repeated an earlier attempt ended without an answer to anybody, as when a worker dies
 * @param onCall who is mentioned when nobody could be paged
 */
public record Sending(
    LaunchId launch, Announcement announcement, Duration limit, boolean repeated, OnCall onCall) {

  public Sending(LaunchId launch, Announcement announcement, Duration limit, boolean repeated) {
    this(launch, announcement, limit, repeated, OnCall.NOBODY);
  }

  /** The same for the same message on the same channel of the same launch, always. */
  public String key(String channel) {
    return announcement.key() + "/" + channel;
  }

  /** Whether people may have it already. */
  public boolean isDoubtful(String channel) {
    return repeated || routing().filter(known -> known.isDoubtful(channel)).isPresent();
  }

  public List<String> missed(String channel) {
    return routing().map(known -> known.missedOn(channel)).orElse(List.of());
  }

  /** What the channel called the last thing that it made in this launch. */
  public Optional<String> reference(String channel) {
    return routing().map(known -> known.references().get(channel));
  }

  /** A person asked for it to be told once more. */
  boolean isResent() {
    return routing().filter(Routing::resent).isPresent();
  }

  /** The moment that it is about. */
  public Instant moment() {
    Scene scene = announcement.scene();
    return scene == null ? Instant.EPOCH.plus(Duration.ofDays(1)) : scene.at();
  }

  private Optional<Routing> routing() {
    return Optional.ofNullable(announcement.routing());
  }
}

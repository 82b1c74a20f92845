package dev.liftoff.notify;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that people should know. Every channel draws its own form from this one model.
 *
 * @param key stable within the launch: the same announcement sent again has the same key, and with
 *     the channel's name it is the key of the delivery
 * @param facts short lines, already free of secrets
 * @param scene the launch at that moment; null from a launch that an older worker began
 * @param routing null for every channel
 */
public record Announcement(
    String key,
    Severity severity,
    String title,
    List<String> facts,
    Occasion occasion,
    @Nullable Scene scene,
    @Nullable Routing routing) {
  /** Whether to read it, to act on it, or to be woken by it. */
  public enum Severity {
    INFORMATION,
    WARNING,
    CRITICAL
  }

  public Announcement {
    facts = List.copyOf(facts);
    occasion = occasion == null ? Occasion.OTHER : occasion;
  }

  public Announcement(String key, Severity severity, String title, List<String> facts) {
    this(key, severity, title, facts, Occasion.OTHER, null, null);
  }

  /** What people call it when they speak of it later: {@code T+15m}, or its title. */
  public String spoken() {
    boolean milestone = occasion == Occasion.VALIDATED || occasion == Occasion.HAND_OVER;
    return scene != null && milestone ? scene.label() : title;
  }

  public Announcement routed(Routing other) {
    return new Announcement(key, severity, title, facts, occasion, scene, other);
  }

  public Announcement lateBy(Duration delay) {
    return new Announcement(
        key, severity, title, facts, occasion, scene == null ? null : scene.lateBy(delay), routing);
  }

  public boolean reaches(String channel, ChannelKind kind) {
    return routing == null || routing.reaches(channel, kind);
  }
}

package dev.liftoff.notify.form;

import dev.liftoff.metrics.Reading;
import dev.liftoff.notify.Announcement;
import dev.liftoff.notify.Occasion;
import dev.liftoff.notify.Scene;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The words of a message, the same on every channel that people of the launch read. */
public final class Wording {
  private static final DateTimeFormatter HOUR =
      DateTimeFormatter.ofPattern("HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Sending sending;
  private final String channel;
  private final boolean repeated;
  private final Announcement announcement;

  private Wording(Sending sending, String channel, boolean repeated) {
    this.sending = sending;
    this.channel = channel;
    this.repeated = repeated || sending.isResent();
    announcement = sending.announcement();
  }

  /**
   * The words for one channel.
   *
   * @param repeated people may have it already, and the channel cannot find out
   */
  public static Wording of(Sending sending, String channel, boolean repeated) {
    return new Wording(sending, channel, repeated);
  }

  /** Such as {@code 🚀 T+0 · shop 2.0.0 · traffic is on 2.0.0 (late 22 min)}. */
  public String heading() {
    Scene scene = announcement.scene();
    if (scene == null) {
      return (announcement.severity() == Announcement.Severity.INFORMATION
              ? announcement.title()
              : announcement.severity() + ": " + announcement.title())
          + marks();
    }
    return "%s %s%s %s · %s%s"
        .formatted(
            emoji(announcement.occasion()),
            scene.label().isEmpty() ? "" : scene.label() + " · ",
            sending.launch().service(),
            sending.launch().version(),
            announcement.title(),
            marks());
  }

  /** Such as {@code shop 1.9.0 → 2.0.0 in production: SOAKING}. */
  public String standing() {
    Scene scene = announcement.scene();
    return "%s %s%s in %s%s"
        .formatted(
            sending.launch().service(),
            scene == null || scene.from() == null ? "" : scene.from() + " → ",
            sending.launch().version(),
            sending.launch().environment(),
            scene == null ? "" : ": " + scene.state());
  }

  /** What there is to say, a line each. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    List<String> missed = sending.missed(channel);
    if (!missed.isEmpty()) {
      lines.add(
          String.join(" and ", missed)
              + (missed.size() == 1 ? " was" : " were")
              + " missed while this channel was down");
    }
    announcement.facts().stream().filter(fact -> !fact.isBlank()).forEach(lines::add);
    if (announcement.occasion() == Occasion.STARTING) {
      lines.addAll(readiness());
    }
    return lines;
  }

  /** How ready it is and who is who, a line each; none where the plan asks for neither. */
  public List<String> readiness() {
    Scene scene = announcement.scene();
    return scene == null
        ? List.of()
        : Stream.of(scene.readiness(), scene.people()).flatMap(Stream::ofNullable).toList();
  }

  /** The last measured numbers, a line each; none before anything was measured. */
  public List<String> numbers() {
    Scene scene = announcement.scene();
    return scene == null ? List.of() : scene.readings().stream().map(Wording::number).toList();
  }

  /** {@code Issues: none} or what is out of bounds; empty before anything was measured. */
  public String issues() {
    Scene scene = announcement.scene();
    if (scene == null || (scene.readings().isEmpty() && scene.issues().isEmpty())) {
      return "";
    }
    List<String> issues = new ArrayList<>(scene.issues());
    scene.readings().stream()
        .filter(reading -> reading.state() != Reading.State.OK)
        .map(Wording::number)
        .forEach(issues::add);
    return "Issues: " + (issues.isEmpty() ? "none" : "▲ " + String.join("; ▲ ", issues));
  }

  /** {@code Next update: 14:55 UTC (T+30m)}; empty when there is none. */
  public String next() {
    Scene scene = announcement.scene();
    if (scene == null || scene.next() == null) {
      return "";
    }
    Instant at = scene.nextAt();
    return at == null
        ? "Next update: " + scene.next()
        : "Next update: %s (%s)".formatted(hour(scene.at(), at), scene.next());
  }

  /** Where it comes from, for whoever has to find out more. */
  public String origin() {
    return sending.launch() + " · " + announcement.key();
  }

  private String marks() {
    Scene scene = announcement.scene();
    Duration late = scene == null ? null : scene.late();
    return (late == null ? "" : " (late " + late.toMinutes() + " min)")
        + (repeated ? " (repeat)" : "");
  }

  private static String hour(Instant now, Instant at) {
    return Duration.between(now, at).toHours() < 12 ? HOUR.format(at) : DAY.format(at);
  }

  private static String number(Reading reading) {
    Double value = reading.value();
    String text =
        value == null
            ? "not measured"
            : switch (reading.metric()) {
              case ERROR_RATE, AVAILABILITY, HEALTH, POOL, MEMORY, DISK ->
                  String.format(Locale.ROOT, "%.2f %%", value * 100);
              case P95, P99 -> String.format(Locale.ROOT, "%.0f ms", value * 1_000);
              case REQUEST_RATE -> String.format(Locale.ROOT, "%.0f per second", value);
              case ANSWERS, CRITICAL_ALERTS, OOM_KILLS -> String.format(Locale.ROOT, "%.0f", value);
            };
    return reading.metric() + " " + text;
  }

  private static String emoji(Occasion occasion) {
    return switch (occasion) {
      case STARTING, NOTICE -> "🕐";
      case FREEZE -> "🧊";
      case POLL, ASKING -> "❓";
      case REMINDER -> "⏰";
      case TRAFFIC -> "🚀";
      case VALIDATED -> "✅";
      case HAND_OVER, SETTLED, LAUNCHED -> "🏁";
      case REVIEW, RETROSPECTIVE -> "📊";
      case HELD -> "⏸";
      case RESUMED -> "▶";
      case BLIND -> "⚠";
      case NEEDS_HUMAN, LEFT_BEHIND, ESCALATED -> "🆘";
      case ROLLING_BACK, CALLED_OFF -> "⛔";
      case ROLLED_BACK, SCRUBBED, CANCELLED -> "↩";
      case TEST -> "🔧";
      case OTHER -> "ℹ";
    };
  }
}

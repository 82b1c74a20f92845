package dev.liftoff.starter;

import dev.liftoff.status.AlertsStatus;
import dev.liftoff.status.AlertsStatus.Silences;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The alerts of a launch that watches some, and what it has silenced. */
final class AlertsText {
  private AlertsText() {}

  static List<String> lines(@Nullable AlertsStatus alerts, Paint paint, Instant now) {
    if (alerts == null) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        "  %-10s %s%s".formatted("alerts", painted(alerts, paint), Times.asOf(alerts.asOf(), now)));
    alerts.lines().forEach(line -> lines.add("             " + line));
    Silences silences = alerts.silences();
    if (silences != null) {
      lines.add("  %-10s %s".formatted("silenced", sentence(silences, paint, now)));
      silences.lines().forEach(line -> lines.add("             " + line));
    }
    return lines;
  }

  /** In a log: such as {@code 2+1} for two that end a launch and one other. */
  static String word(AlertsStatus alerts) {
    return switch (alerts.state()) {
      case NOT_ASKED -> "not-asked";
      case NOT_KNOWN -> "not-known";
      case QUIET -> "none";
      case OTHERS, ABORT -> alerts.aborting() + "+" + alerts.others();
    };
  }

  private static String painted(AlertsStatus alerts, Paint paint) {
    return switch (alerts.state()) {
      case QUIET -> paint.good(alerts.sentence());
      case ABORT -> paint.bad(alerts.sentence());
      case NOT_ASKED, NOT_KNOWN, OTHERS -> paint.attention(alerts.sentence());
    };
  }

  /** A launch that ended them says so; otherwise they end by themselves, and not before. */
  private static String sentence(Silences silences, Paint paint, Instant now) {
    if (silences.trouble() != null) {
      return paint.attention(silences.trouble());
    }
    return silences.ended() == null && silences.until().isBefore(now)
        ? silences.sentence() + ": over"
        : silences.sentence();
  }
}

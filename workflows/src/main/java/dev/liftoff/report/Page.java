package dev.liftoff.report;

import dev.liftoff.plan.Durations;
import dev.liftoff.status.Markdown;
import dev.liftoff.timeline.TimelineEntry;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A Markdown document in the making, to paste anywhere; what people wrote stays text in it. */
final class Page {
  /** A launch that was held and told much must not make a document that nobody reads. */
  private static final int MOST_LINES = 50;

  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final StringJoiner lines = new StringJoiner("\n", "", "\n");

  Page title(String text) {
    lines.add("# " + Markdown.plain(text));
    return this;
  }

  Page section(String text) {
    lines.add("").add("## " + text).add("");
    return this;
  }

  /** Ready Markdown. */
  Page line(String markdown) {
    lines.add(markdown);
    return this;
  }

  Page item(String name, @Nullable String text) {
    if (text != null && !text.isBlank()) {
      lines.add("- " + name + ": " + Markdown.plain(text));
    }
    return this;
  }

  Page task(boolean done, String text) {
    lines.add((done ? "- [x] " : "- [ ] ") + Markdown.plain(text));
    return this;
  }

  /** A list of all, or the sentence when there is none. */
  Page items(Collection<String> all, String none) {
    if (all.isEmpty()) {
      lines.add(none);
    }
    all.stream().limit(MOST_LINES).forEach(text -> lines.add("- " + Markdown.plain(text)));
    if (all.size() > MOST_LINES) {
      lines.add("- and " + (all.size() - MOST_LINES) + " more: see the timeline");
    }
    return this;
  }

  Page entries(List<TimelineEntry> all, String none) {
    return items(all.stream().map(Page::entry).toList(), none);
  }

  Page header(String... cells) {
    row(cells);
    lines.add("|" + "---|".repeat(cells.length));
    return this;
  }

  Page row(String... cells) {
    lines.add(
        List.of(cells).stream()
            .map(Markdown::plain)
            .collect(Collectors.joining(" | ", "| ", " |")));
    return this;
  }

  @Override
  public String toString() {
    return lines.toString();
  }

  static String minute(@Nullable Instant time) {
    return time == null ? "-" : MINUTE.format(time);
  }

  /** To the minute, and to the second where it is shorter. */
  static String rounded(Duration duration) {
    return Durations.text(
        duration.abs().toMinutes() == 0
            ? Duration.ofSeconds(duration.toSeconds())
            : Duration.ofMinutes(duration.toMinutes()));
  }

  private static String entry(TimelineEntry entry) {
    return "%s%s %s: %s"
        .formatted(
            minute(entry.at()),
            entry.clock().isEmpty() ? "" : " (" + entry.clock() + ")",
            entry.who(),
            entry.text());
  }
}

package dev.liftoff.activities.notify;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * The public status as a page and as a feed, without a script and without anything from elsewhere.
 */
final class StatusPage {
  private static final DateTimeFormatter FEED_TIME =
      DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC);

  private StatusPage() {}

  static String html(JsonNode page) {
    StringBuilder entries = new StringBuilder();
    for (JsonNode entry : page.path("entries")) {
      entries.append(
          """
          <li><time datetime="%1$s">%1$s</time> <b>%2$s</b> %3$s</li>
          """
              .formatted(text(entry, "at"), text(entry, "status"), text(entry, "text")));
    }
    return """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta http-equiv="refresh" content="60">
    <title>%1$s status</title>
    <link rel="alternate" type="application/rss+xml" title="%1$s status" href="rss.xml">
    <style>body { font: 1rem/1.5 sans-serif; max-width: 42rem; margin: 2rem auto; padding: 0 1rem } li { margin: .5rem 0 } time { color: #555 }</style>
    </head>
    <body>
    <h1>%1$s</h1>
    <p><b>%2$s</b> %3$s</p>
    <p>As of <time datetime="%4$s">%4$s</time></p>
    <ul>
    %5$s</ul>
    </body>
    </html>
    """
        .formatted(
            text(page, "service"),
            text(page, "status"),
            text(page, "text"),
            text(page, "updated"),
            entries);
  }

  static String rss(JsonNode page, String link) {
    StringBuilder items = new StringBuilder();
    for (JsonNode entry : page.path("entries")) {
      items.append(
          """
          <item>
          <title>%s: %s</title>
          <guid isPermaLink="false">%s</guid>
          <pubDate>%s</pubDate>
          </item>
          """
              .formatted(
                  text(entry, "status"),
                  text(entry, "text"),
                  text(entry, "id"),
                  FEED_TIME.format(Instant.parse(entry.path("at").asText()))));
    }
    return """
    <?xml version="1.0" encoding="UTF-8"?>
    <rss version="2.0">
    <channel>
    <title>%1$s status</title>
    <link>%2$s</link>
    <description>Updates of %1$s</description>
    %3$s</channel>
    </rss>
    """
        .formatted(text(page, "service"), escaped(link), items);
  }

  private static String text(JsonNode node, String field) {
    return escaped(node.path(field).asText());
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}

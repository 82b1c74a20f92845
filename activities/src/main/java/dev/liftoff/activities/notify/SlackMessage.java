package dev.liftoff.activities.notify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.liftoff.LaunchId;
import dev.liftoff.notify.Announcement;
import java.util.stream.Collectors;

/** An announcement as Slack takes it: blocks, and a text for where blocks are not shown. */
final class SlackMessage {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int HEADER_LIMIT = 150;
  private static final int SECTION_LIMIT = 3_000;
  private static final String CUT = "…";

  private SlackMessage() {}

  static String of(LaunchId launch, Announcement announcement) {
    String title = title(announcement);
    String facts =
        announcement.facts().stream().map(fact -> "• " + fact).collect(Collectors.joining("\n"));
    ObjectNode message = JSON.createObjectNode();
    message.put("text", escaped(title + "\n" + facts + "\n" + launch, SECTION_LIMIT));
    ArrayNode blocks = message.putArray("blocks");
    blocks.add(block("header").set("text", text("plain_text", escaped(title, HEADER_LIMIT))));
    if (!facts.isEmpty()) {
      blocks.add(block("section").set("text", text("mrkdwn", escaped(facts, SECTION_LIMIT))));
    }
    ObjectNode context = block("context");
    String origin = launch + " · " + announcement.key();
    context.putArray("elements").add(text("mrkdwn", escaped(origin, SECTION_LIMIT)));
    blocks.add(context);
    return written(message);
  }

  /** Without the three characters that could make a mention or a link; cut between characters. */
  static String escaped(String text, int limit) {
    StringBuilder out = new StringBuilder();
    for (int at = 0; at < text.length(); at = text.offsetByCodePoints(at, 1)) {
      String next = escaped(text.codePointAt(at));
      boolean last = text.offsetByCodePoints(at, 1) == text.length();
      if (out.length() + next.length() > (last ? limit : limit - CUT.length())) {
        return out.append(CUT).toString();
      }
      out.append(next);
    }
    return out.toString();
  }

  private static String escaped(int codePoint) {
    return switch (codePoint) {
      case '&' -> "&amp;";
      case '<' -> "&lt;";
      case '>' -> "&gt;";
      default -> Character.toString(codePoint);
    };
  }

  private static String title(Announcement announcement) {
    return announcement.severity() == Announcement.Severity.INFORMATION
        ? announcement.title()
        : announcement.severity() + ": " + announcement.title();
  }

  private static ObjectNode block(String type) {
    return JsonNodeFactory.instance.objectNode().put("type", type);
  }

  private static ObjectNode text(String type, String text) {
    return block(type).put("text", text);
  }

  private static String written(ObjectNode message) {
    try {
      return JSON.writeValueAsString(message);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}

package dev.liftoff.notify.form;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.liftoff.notify.Occasion;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An announcement as Slack takes it: blocks, and a text for where blocks are not shown.
 *
 * @param text already escaped
 */
public record SlackMessage(String text, ArrayNode blocks) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int HEADER_LIMIT = 150;
  private static final int SECTION_LIMIT = 3_000;
  private static final String CUT = "…";

  /**
   * A post of its own.
   *
   * @param repeated people may have it already, and Slack cannot tell
   */
  public static SlackMessage of(Sending sending, String channel, boolean repeated) {
    Wording wording = Wording.of(sending, channel, repeated);
    return written(sending, wording, wording.heading(), paragraphs(wording));
  }

  /** Everything about the launch as it is now, in the place of what stood there before. */
  public static SlackMessage card(Sending sending, String channel) {
    Wording wording = Wording.of(sending, channel, false);
    List<String> paragraphs = new ArrayList<>(List.of(wording.heading()));
    paragraphs.addAll(paragraphs(wording));
    if (!wording.readiness().isEmpty() && sending.announcement().occasion() != Occasion.STARTING) {
      paragraphs.add(String.join(" | ", wording.readiness()));
    }
    return written(sending, wording, wording.standing(), paragraphs);
  }

  private static SlackMessage written(
      Sending sending, Wording wording, String heading, List<String> paragraphs) {
    String text = heading + "\n" + String.join("\n", paragraphs) + "\n" + sending.launch();
    ArrayNode blocks = JSON.createArrayNode();
    blocks.add(block("header").set("text", text("plain_text", escaped(heading, HEADER_LIMIT))));
    String mentions =
        sending.announcement().occasion() == Occasion.ESCALATED ? sending.onCall().mentions() : "";
    if (!mentions.isEmpty()) {
      blocks.add(block("section").set("text", text("mrkdwn", mentions)));
    }
    paragraphs.forEach(paragraph ->
        blocks.add(
            block("section").set("text", text("mrkdwn", escaped(paragraph, SECTION_LIMIT)))));
    ObjectNode context = block("context");
    context.putArray("elements").add(text("mrkdwn", escaped(wording.origin(), SECTION_LIMIT)));
    blocks.add(context);
    String escaped = escaped(text, SECTION_LIMIT);
    return new SlackMessage(mentions.isEmpty() ? escaped : mentions + " " + escaped, blocks);
  }

  public String json() {
    return onto(JSON.createObjectNode()).toString();
  }

  public ObjectNode onto(ObjectNode message) {
    message.put("text", text);
    message.set("blocks", blocks);
    return message;
  }

  private static List<String> paragraphs(Wording wording) {
    List<String> paragraphs = new ArrayList<>();
    paragraphs.add(
        wording.lines().stream().map(fact -> "• " + fact).collect(Collectors.joining("\n")));
    paragraphs.add(String.join(" | ", wording.numbers()));
    paragraphs.add(wording.issues());
    paragraphs.add(wording.next());
    return paragraphs.stream().filter(paragraph -> !paragraph.isEmpty()).toList();
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

  private static ObjectNode block(String type) {
    return JsonNodeFactory.instance.objectNode().put("type", type);
  }

  private static ObjectNode text(String type, String text) {
    return block(type).put("text", text);
  }
}

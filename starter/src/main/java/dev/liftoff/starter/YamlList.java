package dev.liftoff.starter;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.liftoff.checklist.ChecklistItem;
import dev.liftoff.checklist.EvidenceKind;
import dev.liftoff.checklist.Examination;
import dev.liftoff.plan.Durations;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A checklist as the section of a plan. */
final class YamlList {
  private YamlList() {}

  /** Only these items: the ones that come with Liftoff are among them or left out. */
  static String write(List<ChecklistItem> items) {
    return "checklist:\n  use: none\n  items:\n"
        + items.stream().map(YamlList::item).collect(Collectors.joining());
  }

  private static String item(ChecklistItem item) {
    List<String> lines = new ArrayList<>();
    lines.add("id: " + quoted(item.id()));
    lines.add("area: " + quoted(item.area()));
    lines.add("question: " + quoted(item.question()));
    addText(lines, "how", item.how());
    lines.add("owner: " + item.owner());
    lines.add("kind: " + item.kind());
    if (item.critical()) {
      lines.add("critical: true");
    }
    lines.add("weight: " + item.weight());
    if (item.evidence() != EvidenceKind.NONE) {
      lines.add("evidence: " + item.evidence());
    }
    lines.add("validFor: " + Durations.text(item.validFor()));
    if (item.when() != null) {
      lines.add("when: " + item.when());
    }
    if (item.examination() != null) {
      lines.add("examination: " + examination(item.examination()));
    }
    addText(lines, "why", item.why());
    return "    - " + String.join("\n      ", lines) + "\n";
  }

  private static void addText(List<String> lines, String key, String text) {
    if (!text.isEmpty()) {
      lines.add(key + ": " + quoted(text));
    }
  }

  private static String examination(Examination examination) {
    List<String> parts = new ArrayList<>(List.of("subject: " + examination.subject()));
    if (examination.limit() != null) {
      parts.add("limit: " + quoted(examination.limit()));
    }
    if (!examination.names().isEmpty()) {
      parts.add(
          "names: "
              + examination.names().stream()
                  .map(YamlList::quoted)
                  .collect(Collectors.joining(", ", "[", "]")));
    }
    return "{" + String.join(", ", parts) + "}";
  }

  /** A text of JSON is one of YAML. */
  private static String quoted(String text) {
    return TextNode.valueOf(text).toString();
  }
}

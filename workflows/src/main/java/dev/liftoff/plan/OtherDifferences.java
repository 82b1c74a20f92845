package dev.liftoff.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.liftoff.gate.Texts;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Where two documents differ in what cannot be amended, named as they were typed. What is only
 * written otherwise, such as {@code 60s} for {@code 1m}, is no difference.
 */
final class OtherDifferences {
  private static final int LONGEST = 60;
  private static final Set<String> AMENDABLE = Set.of("gates", "limits", "notifications");
  private static final Set<String> STEPS = Set.of("steps", "ramp");

  private final LaunchPlan plan;
  private final ObjectNode now;
  private final ObjectNode asked;

  private OtherDifferences(LaunchPlan plan, ObjectNode now, ObjectNode asked) {
    this.plan = plan;
    this.now = now;
    this.asked = asked;
  }

  static List<PlanChange> between(LaunchPlan plan, JsonNode now, JsonNode asked) {
    return now instanceof ObjectNode before && asked instanceof ObjectNode after
        ? new OtherDifferences(plan, rest(before), rest(after)).all()
        : List.of(new PlanChange("plan", "an object", "something else"));
  }

  /** Without what can be amended. */
  private static ObjectNode rest(ObjectNode document) {
    ObjectNode rest = document.deepCopy();
    rest.remove(AMENDABLE);
    if (rest.get("traffic") instanceof ObjectNode traffic) {
      traffic.remove(STEPS);
    }
    return rest;
  }

  private List<PlanChange> all() {
    Map<String, String> before = new TreeMap<>();
    Map<String, String> after = new TreeMap<>();
    TreeSet<String> sections = new TreeSet<>();
    now.fieldNames().forEachRemaining(sections::add);
    asked.fieldNames().forEachRemaining(sections::add);
    for (String section : sections) {
      if (!now.path(section).equals(asked.path(section)) && !meansTheSame(section)) {
        flatten(section, now.path(section), before);
        flatten(section, asked.path(section), after);
      }
    }
    return PlanChange.between(before, after);
  }

  private boolean meansTheSame(String section) {
    try {
      return read(asked.path(section), section).equals(read(now.path(section), section));
    } catch (InvalidPlan alone) {
      return false;
    }
  }

  /** The plan in force without what can be amended, and with this section. */
  private LaunchPlan read(JsonNode content, String section) throws InvalidPlan {
    ObjectNode document = now.deepCopy();
    if (content.isMissingNode()) {
      document.remove(section);
    } else {
      document.set(section, content);
    }
    return PlanReader.read(document).amendedBy(plan);
  }

  private static void flatten(String path, JsonNode node, Map<String, String> into) {
    if (node.isObject()) {
      node.properties()
          .forEach(field -> flatten(path + "." + field.getKey(), field.getValue(), into));
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        flatten(path + "[" + i + "]", node.get(i), into);
      }
    } else if (!node.isMissingNode() && !node.isNull()) {
      into.put(path, Texts.cut(Texts.clean(node.asText()), LONGEST));
    }
  }
}

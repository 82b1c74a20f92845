package dev.liftoff.starter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.liftoff.starter.PlanFile.Found;
import dev.liftoff.starter.PlanFile.Place;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Turns YAML, of which JSON is a part, into JSON and remembers where everything stood. */
final class PlanParser {
  /** Ten times what a large plan has; what aliases multiply beyond it is an attack or a mistake. */
  private static final int MOST_VALUES = 20_000;

  private static final int DEEPEST = 32;
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final List<Found> problems = new ArrayList<>();
  private final Map<String, Place> places = new HashMap<>();
  private int values;

  private PlanParser() {}

  /** What was read; the JSON is to be used only when there are no problems. */
  record Parsed(JsonNode json, Places places, List<Found> problems) {}

  static Parsed parse(String name, byte[] content) {
    PlanParser parser = new PlanParser();
    JsonNode json = parser.document(name, content);
    return new Parsed(json, new Places(parser.places), parser.problems);
  }

  private JsonNode document(String name, byte[] content) {
    try {
      Optional<Node> root =
          new Compose(settings(name)).composeInputStream(new ByteArrayInputStream(content));
      if (root.isEmpty()) {
        problem(Place.START, "", "is empty; an annotated plan to start from: liftoff plan init");
        return NullNode.getInstance();
      }
      return value(root.get(), "", 0);
    } catch (MarkedYamlEngineException wrong) {
      problem(
          place(wrong.getProblemMark().or(wrong::getContextMark)),
          "",
          "is not YAML: " + said(wrong));
    } catch (YamlEngineException wrong) {
      problem(Place.START, "", "is not YAML: " + wrong.getMessage());
    } catch (StackOverflowError deep) {
      problem(Place.START, "", "is nested too deeply");
    }
    return NullNode.getInstance();
  }

  private static LoadSettings settings(String name) {
    return LoadSettings.builder()
        .setLabel(name)
        .setSchema(new CoreSchema())
        .setMaxAliasesForCollections(50)
        .build();
  }

  private static String said(MarkedYamlEngineException wrong) {
    return String.valueOf(wrong.getProblem()).strip();
  }

  private JsonNode value(Node node, String path, int depth) {
    places.putIfAbsent(path, place(node.getStartMark()));
    if (++values > MOST_VALUES || depth > DEEPEST) {
      if (problems.isEmpty()) {
        problem(
            place(node.getStartMark()),
            path,
            depth > DEEPEST
                ? "is nested too deeply"
                : "has more than " + MOST_VALUES + " values, counting what aliases repeat");
      }
      return NullNode.getInstance();
    }
    return switch (node) {
      case MappingNode mapping -> object(mapping, path, depth);
      case SequenceNode sequence -> array(sequence, path, depth);
      case ScalarNode scalar -> scalar(scalar, path);
      default -> NullNode.getInstance();
    };
  }

  private JsonNode object(MappingNode mapping, String path, int depth) {
    expectTag(mapping, Tag.MAP, path);
    ObjectNode object = JSON.objectNode();
    for (NodeTuple entry : mapping.getValue()) {
      Place place = place(entry.getKeyNode().getStartMark());
      if (!(entry.getKeyNode() instanceof ScalarNode key)) {
        problem(place, path, "has a key that is not a word");
        continue;
      }
      String child = path.isEmpty() ? key.getValue() : path + "." + key.getValue();
      if (object.has(key.getValue())) {
        problem(
            place,
            child,
            "is there twice; the first one is in line " + places.getOrDefault(child, place).line());
        continue;
      }
      places.putIfAbsent(child, place);
      object.set(key.getValue(), value(entry.getValueNode(), child, depth + 1));
    }
    return object;
  }

  private JsonNode array(SequenceNode sequence, String path, int depth) {
    expectTag(sequence, Tag.SEQ, path);
    ArrayNode array = JSON.arrayNode();
    for (Node item : sequence.getValue()) {
      array.add(value(item, path + "[" + array.size() + "]", depth + 1));
    }
    return array;
  }

  private JsonNode scalar(ScalarNode scalar, String path) {
    try {
      return PlanScalar.json(scalar, path);
    } catch (IllegalArgumentException wrong) {
      problem(place(scalar.getStartMark()), path, String.valueOf(wrong.getMessage()));
      return NullNode.getInstance();
    }
  }

  private void expectTag(Node node, Tag tag, String path) {
    if (!node.getTag().equals(tag)) {
      problem(
          place(node.getStartMark()),
          path,
          "has the tag " + node.getTag() + "; tags are not used in plans");
    }
  }

  private void problem(Place place, String path, String message) {
    problems.add(new Found(place, path, message));
  }

  private static Place place(Optional<Mark> mark) {
    return mark.map(at -> new Place(at.getLine() + 1, at.getColumn() + 1)).orElse(Place.START);
  }
}

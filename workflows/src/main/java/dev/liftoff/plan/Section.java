package dev.liftoff.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An object of the document that is being read. A value that is missing or wrong is put among the
 * problems under its path, and reading goes on with a stand-in, so that all problems come at once.
 */
final class Section {
  private static final Pattern HALF_CHARACTER = Pattern.compile("\\p{Cs}");

  private final JsonNode node;
  private final String path;
  private final List<Problem> problems;
  private final Set<String> known = new LinkedHashSet<>();

  private Section(JsonNode node, String path, List<Problem> problems) {
    this.node = node;
    this.path = path;
    this.problems = problems;
  }

  static Section root(@Nullable JsonNode document, List<Problem> problems) {
    if (document == null || !document.isObject()) {
      problems.add(
          new Problem(
              "",
              "must be an object with service, environment, version, …; was " + kind(document)));
    }
    return new Section(document == null ? MissingNode.getInstance() : document, "", problems);
  }

  boolean has(String key) {
    known.add(key);
    JsonNode value = node.get(key);
    return value != null && !value.isNull();
  }

  void problem(String key, String message) {
    problems.add(new Problem(at(key), message));
  }

  /** What is wrong is added; the stand-in is returned then. */
  <T> T required(String key, Function<String, T> parse, T standIn) {
    if (!has(key)) {
      problem(key, "is missing");
      return standIn;
    }
    return parsed(key, parse, standIn);
  }

  <T> T optional(String key, Function<String, T> parse, T otherwise) {
    return has(key) ? parsed(key, parse, otherwise) : otherwise;
  }

  /** Null when it is absent or wrong. */
  <T> @Nullable T orNull(String key, Function<String, T> parse) {
    if (!has(key)) {
      return null;
    }
    try {
      return parse.apply(scalar(node.get(key)));
    } catch (IllegalArgumentException wrong) {
      problem(key, String.valueOf(wrong.getMessage()));
      return null;
    }
  }

  String text(String key) {
    return required(key, Section::notBlank, "missing");
  }

  String text(String key, String otherwise) {
    return optional(key, Section::notBlank, otherwise);
  }

  Duration duration(String key, Duration otherwise, Duration least, Duration most) {
    return optional(key, text -> Durations.between(Durations.parse(text), least, most), otherwise);
  }

  boolean flag(String key, boolean otherwise) {
    if (!has(key)) {
      return otherwise;
    }
    JsonNode value = node.get(key);
    if (!value.isBoolean()) {
      problem(key, "must be true or false, was " + kind(value));
    }
    return value.asBoolean(otherwise);
  }

  int integer(String key, int otherwise, int least, int most) {
    return (int) number(key, otherwise, least, most, true);
  }

  double decimal(String key, double otherwise, double least, double most) {
    return number(key, otherwise, least, most, false);
  }

  private double number(String key, double otherwise, double least, double most, boolean whole) {
    if (!has(key)) {
      return otherwise;
    }
    JsonNode value = node.get(key);
    boolean fits = value.isNumber() && (!whole || value.isIntegralNumber());
    if (!fits || value.doubleValue() < least || value.doubleValue() > most) {
      problem(
          key,
          "must be a %s between %s and %s, was %s"
              .formatted(
                  whole ? "whole number" : "number",
                  Numbers.text(least),
                  Numbers.text(most),
                  Numbers.shown(value)));
      return otherwise;
    }
    return value.doubleValue();
  }

  /** The section under the key; an absent one reads as empty, so that its defaults apply. */
  Section section(String key) {
    if (!has(key)) {
      return new Section(MissingNode.getInstance(), at(key), problems);
    }
    return child(node.get(key), at(key));
  }

  <T> List<T> list(String key, Function<Section, T> read) {
    List<T> items = new ArrayList<>();
    for (Item item : items(key)) {
      Section section = child(item.value, item.path);
      items.add(read.apply(section));
      section.noMore();
    }
    return items;
  }

  <T> List<T> texts(String key, Function<String, T> parse) {
    List<T> texts = new ArrayList<>();
    for (Item item : items(key)) {
      try {
        texts.add(parse.apply(notBlank(scalar(item.value))));
      } catch (IllegalArgumentException wrong) {
        problems.add(new Problem(item.path, String.valueOf(wrong.getMessage())));
      }
    }
    return texts;
  }

  <K, V> Map<K, V> map(
      String key, Function<String, K> parseKey, BiFunction<Section, String, V> read) {
    Map<K, V> entries = new TreeMap<>();
    if (has(key)) {
      Section section = section(key);
      section
          .node
          .fieldNames()
          .forEachRemaining(name -> {
            try {
              entries.put(parseKey.apply(valid(name)), read.apply(section, name));
            } catch (IllegalArgumentException wrong) {
              section.problem(name, String.valueOf(wrong.getMessage()));
            }
          });
    }
    return entries;
  }

  /** Every key that was not asked for is a problem: people mistype. */
  void noMore() {
    node.fieldNames()
        .forEachRemaining(name -> {
          if (!known.contains(name)) {
            problem(name, "is not known here; " + Nearest.suggestion(name, known));
          }
        });
  }

  private <T> T parsed(String key, Function<String, T> parse, T standIn) {
    try {
      return parse.apply(scalar(node.get(key)));
    } catch (IllegalArgumentException wrong) {
      problem(key, String.valueOf(wrong.getMessage()));
      return standIn;
    }
  }

  private record Item(JsonNode value, String path) {}

  private List<Item> items(String key) {
    if (!has(key)) {
      return List.of();
    }
    JsonNode array = node.get(key);
    if (!array.isArray()) {
      problem(key, "must be a list, was " + kind(array));
      return List.of();
    }
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < array.size(); i++) {
      items.add(new Item(array.get(i), at(key) + "[" + i + "]"));
    }
    return items;
  }

  private Section child(JsonNode value, String childPath) {
    if (!value.isObject()) {
      problems.add(new Problem(childPath, "must be an object, was " + kind(value)));
      return new Section(MissingNode.getInstance(), childPath, problems);
    }
    return new Section(value, childPath, problems);
  }

  private String at(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private static String scalar(JsonNode value) {
    if (value.isContainerNode() || value.isNull()) {
      throw new IllegalArgumentException("must be a text, was " + kind(value));
    }
    if (value.isFloatingPointNumber()) {
      // 1.10 has become 1.1 before anybody could look at it.
      throw new IllegalArgumentException("must be a text: put it in quotes");
    }
    return valid(value.asText());
  }

  /** Half a character cannot be written into a history again. */
  private static String valid(String text) {
    if (HALF_CHARACTER.matcher(text).find()) {
      throw new IllegalArgumentException("must be valid Unicode");
    }
    return text;
  }

  static String notBlank(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("must not be empty");
    }
    return text;
  }

  /** Never the value itself: it may be a secret in the wrong place. */
  private static String kind(@Nullable JsonNode value) {
    return switch (value == null ? JsonNodeType.MISSING : value.getNodeType()) {
      case MISSING, NULL -> "nothing";
      case OBJECT, POJO -> "an object";
      case ARRAY -> "a list";
      case NUMBER -> "a number";
      case BOOLEAN -> "true or false";
      case STRING, BINARY -> "a text";
    };
  }
}

package dev.liftoff.starter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Set;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads one value of a plan. */
final class PlanScalar {
  /** Version 1.10 is not 1.1: what stands here is text, quoted or not. */
  private static final Set<String> TEXTS =
      Set.of("service", "environment", "version", "commander", "launchAt", "image.reference");

  private PlanScalar() {}

  /**
   * The value as JSON.
   *
   * @throws IllegalArgumentException when JSON has no such value
   */
  static JsonNode json(ScalarNode scalar, String path) {
    String text = scalar.getValue();
    Tag tag = scalar.getTag();
    if (tag.equals(Tag.NULL)) {
      return NullNode.getInstance();
    }
    if (tag.equals(Tag.STR) || isText(scalar, path)) {
      return TextNode.valueOf(text);
    }
    if (tag.equals(Tag.BOOL)) {
      return BooleanNode.valueOf(text.toLowerCase(Locale.ROOT).equals("true"));
    }
    if (tag.equals(Tag.INT)) {
      return integer(text);
    }
    if (tag.equals(Tag.FLOAT)) {
      return decimal(text);
    }
    throw new IllegalArgumentException("has the tag " + tag + "; tags are not used in plans");
  }

  private static boolean isText(ScalarNode scalar, String path) {
    return scalar.getScalarStyle() == ScalarStyle.PLAIN
        && (TEXTS.contains(path) || path.startsWith("container.environment."));
  }

  private static JsonNode integer(String text) {
    BigInteger number =
        text.startsWith("0x")
            ? new BigInteger(text.substring(2), 16)
            : text.startsWith("0o") ? new BigInteger(text.substring(2), 8) : new BigInteger(text);
    if (number.bitLength() > 63) {
      throw new IllegalArgumentException("is too large a number, was " + text);
    }
    return number.bitLength() > 31
        ? LongNode.valueOf(number.longValue())
        : IntNode.valueOf(number.intValue());
  }

  private static JsonNode decimal(String text) {
    if (text.toLowerCase(Locale.ROOT).matches("[-+]?\\.(inf|nan)")) {
      throw new IllegalArgumentException("must be a number, was " + text);
    }
    double number = Double.parseDouble(text);
    if (Double.isInfinite(number)) {
      throw new IllegalArgumentException("is too large a number, was " + text);
    }
    return DoubleNode.valueOf(number);
  }
}

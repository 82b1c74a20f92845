package dev.liftoff.alerts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.liftoff.metrics.LabelMatcher;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which alerts are meant: those whose labels match all of these, as Alertmanager has it, such as
 * {@code service="shop", severity=~"critical|page"}.
 */
public record Matchers(List<LabelMatcher> all) {
  private static final String COMMA_OUTSIDE_QUOTES = ",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)";
  private static final String LITERALS = "[\\w -]+(\\|[\\w -]+)*";

  public Matchers {
    all = List.copyOf(all);
    if (all.stream().allMatch(matcher -> matcher.matches(Map.of()))) {
      throw new IllegalArgumentException(
          "must have a matcher that an alert without the label does not match: it would mean every alert");
    }
  }

  /**
   * Reads what {@link #toString} writes, with or without braces.
   *
   * @throws IllegalArgumentException when it is no list of matchers, or would match every alert
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static Matchers parse(String text) {
    String inner = text.strip().replaceAll("^\\{(.*)}$", "$1");
    return new Matchers(
        Arrays.stream(inner.split(COMMA_OUTSIDE_QUOTES)).map(LabelMatcher::parse).toList());
  }

  public boolean matches(Map<String, String> labels) {
    return all.stream().allMatch(matcher -> matcher.matches(labels));
  }

  /**
   * Whether there could be an alert that both mean. In doubt there could: two regular expressions
   * are only known to exclude each other where both are lists of words.
   */
  public boolean canMeet(Matchers other) {
    return all.stream()
        .noneMatch(mine ->
            Stream.concat(all.stream(), other.all.stream())
                .filter(their -> their.label().equals(mine.label()))
                .anyMatch(their -> excludes(mine, their) || excludes(their, mine)));
  }

  private static boolean excludes(LabelMatcher one, LabelMatcher other) {
    Set<String> values = values(one);
    return !values.isEmpty()
        && values.stream().noneMatch(value -> other.matches(Map.of(one.label(), value)));
  }

  /** All that the label can be; empty where that is not known. */
  private static Set<String> values(LabelMatcher matcher) {
    return switch (matcher.operator()) {
      case "=" -> Set.of(matcher.value());
      case "=~" ->
          matcher.value().matches(LITERALS) ? Set.of(matcher.value().split("\\|")) : Set.of();
      default -> Set.of();
    };
  }

  @Override
  @JsonValue
  public String toString() {
    return all.stream().map(LabelMatcher::toString).collect(Collectors.joining(", "));
  }
}

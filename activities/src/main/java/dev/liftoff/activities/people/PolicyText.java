package dev.liftoff.activities.people;

import dev.liftoff.Milestone;
import dev.liftoff.Verb;
import dev.liftoff.gate.Role;
import dev.liftoff.people.Policy;
import dev.liftoff.plan.LaunchPlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the tables of the settings: lines of {@code word: role, role}. */
final class PolicyText {
  private static final String EVERYBODY = "everybody";
  private static final Set<Verb> ALONE = EnumSet.of(Verb.HOLD, Verb.ROLLBACK, Verb.SCRUB);
  private static final String NONE = "none";
  private static final List<String> OF_THE_LIST = List.of(Policy.CHECKLIST, Policy.SIGN_OFF);

  private PolicyText() {}

  static Map<String, List<Role>> table(@Nullable String text) {
    return lines(text, "may", word -> Verb.of(word).toString());
  }

  static Map<Milestone, List<Role>> polls(@Nullable String text) {
    return lines(text, "polls", PolicyText::gate);
  }

  static List<String> unverified(@Nullable String text) {
    if (text == null || text.strip().equals(NONE)) {
      return List.of();
    }
    if (text.strip().equals(Policy.ALL)) {
      return List.of(Policy.ALL);
    }
    return words(text).map(PolicyText::verbOrGate).toList();
  }

  static List<String> twoPersons(@Nullable String text) {
    if (text == null || text.strip().equals(NONE)) {
      return List.of();
    }
    return words(text)
        .map(word -> read("two-persons", Verb::of, word))
        .map(PolicyText::waiting)
        .toList();
  }

  private static String waiting(Verb verb) {
    if (ALONE.contains(verb)) {
      throw new IllegalArgumentException(
          "two-persons: %s makes a launch safer and never waits for a second person"
              .formatted(verb));
    }
    return verb.toString();
  }

  private static <K> Map<K, List<Role>> lines(
      @Nullable String text, String setting, Function<String, K> key) {
    Map<K, List<Role>> table = new TreeMap<>();
    if (text == null || text.strip().equals(NONE)) {
      return table;
    }
    text.lines()
        .filter(line -> !line.isBlank())
        .forEach(line -> {
          String[] sides = line.split(":", 2);
          if (sides.length != 2) {
            throw new IllegalArgumentException(
                "%s must have lines such as 'word: role, role', was '%s'"
                    .formatted(setting, line.strip()));
          }
          table.put(read(setting, key, sides[0].strip()), roles(setting, sides[1]));
        });
    return table;
  }

  private static List<Role> roles(String setting, String text) {
    return text.strip().equals(EVERYBODY)
        ? new ArrayList<>(List.of(Role.values()))
        : words(text).map(word -> read(setting, Role::of, word)).toList();
  }

  private static <T> T read(String setting, Function<String, T> parse, String word) {
    try {
      return parse.apply(word);
    } catch (IllegalArgumentException unknown) {
      throw new IllegalArgumentException(setting + ": " + unknown.getMessage(), unknown);
    }
  }

  private static Milestone gate(String word) {
    Milestone gate = Milestone.of(word);
    if (!LaunchPlan.gated().contains(gate)) {
      throw new IllegalArgumentException(
          "%s has no gate; %s have".formatted(gate, LaunchPlan.gated()));
    }
    return gate;
  }

  private static String verbOrGate(String word) {
    if (OF_THE_LIST.contains(word)) {
      return word;
    }
    try {
      return Verb.of(word).toString();
    } catch (IllegalArgumentException noVerb) {
      return read(
              "unverified: neither checklist nor sign-off, no verb, and as a gate",
              PolicyText::gate,
              word)
          .word();
    }
  }

  private static java.util.stream.Stream<String> words(String text) {
    return Arrays.stream(text.split(",", -1)).map(String::strip).filter(word -> !word.isEmpty());
  }
}

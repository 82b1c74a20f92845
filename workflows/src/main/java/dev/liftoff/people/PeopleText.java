package dev.liftoff.people;

import java.util.ArrayList;
import java.util.List;

/** The text of the file of people: one {@link Person} on each line, {@code #} begins a remark. */
public final class PeopleText {
  /** More than a thousand people. */
  public static final int LONGEST = 256 * 1024;

  private PeopleText() {}

  /**
   * Everybody in it.
   *
   * @throws IllegalArgumentException with the number of the line that is wrong, and why
   */
  public static List<Person> parse(String text) {
    List<Person> people = new ArrayList<>();
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).isBlank() && !lines.get(i).startsWith("#")) {
        people.add(person(lines.get(i), i + 1));
      }
    }
    return people;
  }

  private static Person person(String line, int number) {
    try {
      return Person.parse(line);
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException(
          "line %d: %s".formatted(number, wrong.getMessage()), wrong);
    }
  }
}

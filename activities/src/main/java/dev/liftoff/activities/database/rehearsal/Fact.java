package dev.liftoff.activities.database.rehearsal;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The subject of a fact, such as {@code column public.orders.note}. */
record Fact(String kind, String name) {
  private static final List<String> KINDS =
      List.of("partitioned table", "materialized view", "foreign table");

  static Fact of(String subject) {
    String kind =
        KINDS.stream()
            .filter(two -> subject.startsWith(two + " "))
            .findFirst()
            .orElse(subject.substring(0, subject.indexOf(' ')));
    return new Fact(kind, subject.substring(kind.length() + 1));
  }

  /** For something that belongs to a table; a quoted name may hold dots. */
  String table() {
    Matcher parts =
        Pattern.compile("((?:\"(?:[^\"]|\"\")+\"|[^.\"]+)\\.(?:\"(?:[^\"]|\"\")+\"|[^.\"]+))\\..*")
            .matcher(name);
    return parts.matches() ? parts.group(1) : name;
  }

  @Override
  public String toString() {
    return kind + " " + name;
  }
}

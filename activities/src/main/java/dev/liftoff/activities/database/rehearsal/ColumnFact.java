package dev.liftoff.activities.database.rehearsal;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A column's definition, as the catalog's facts spell it. */
record ColumnFact(
    String type,
    boolean notNull,
    String identity,
    String generated,
    String byDefault,
    String collation) {
  private static final Pattern FORM =
      Pattern.compile(
          "\\d+ (.*?)( not null)?( identity \\w)?( generated \\w)?( default .*?)?( collate \\S+)?",
          Pattern.DOTALL);
  private static final Pattern VARCHAR = Pattern.compile("character varying(?:\\((\\d+)\\))?");
  private static final Pattern NUMERIC = Pattern.compile("numeric\\((\\d+),(-?\\d+)\\)");

  static ColumnFact of(String definition) {
    Matcher parts = FORM.matcher(definition);
    if (!parts.matches()) {
      throw new IllegalArgumentException("not a column's definition: " + definition);
    }
    return new ColumnFact(
        parts.group(1),
        parts.group(2) != null,
        text(parts.group(3)),
        text(parts.group(4)),
        text(parts.group(5)),
        text(parts.group(6)));
  }

  /** An INSERT that does not know the column succeeds. */
  boolean fillsItself() {
    return !notNull || !identity.isEmpty() || !generated.isEmpty() || !byDefault.isEmpty();
  }

  /** Every value of the old type is one of the new type and reads the same: database.md 5.3. */
  boolean widens(ColumnFact before) {
    Matcher text = VARCHAR.matcher(before.type);
    if (text.matches()) {
      return type.equals("text") || longer(text.group(1), VARCHAR.matcher(type));
    }
    Matcher from = NUMERIC.matcher(before.type);
    Matcher to = NUMERIC.matcher(type);
    return from.matches()
        && to.matches()
        && from.group(2).equals(to.group(2))
        && Integer.parseInt(to.group(1)) > Integer.parseInt(from.group(1));
  }

  private static boolean longer(String limit, Matcher now) {
    return now.matches()
        && (now.group(1) == null
            || (limit != null && Integer.parseInt(now.group(1)) > Integer.parseInt(limit)));
  }

  private static String text(String group) {
    return group == null ? "" : group.strip();
  }
}

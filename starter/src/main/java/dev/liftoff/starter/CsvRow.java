package dev.liftoff.starter;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.liftoff.checklist.ChecklistItem;
import dev.liftoff.checklist.Examination;
import dev.liftoff.plan.Durations;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One item as cells of a table, and back. */
final class CsvRow {
  static final String[] NAMES = {
    "id",
    "area",
    "question",
    "how",
    "owner",
    "kind",
    "critical",
    "weight",
    "evidence",
    "validFor",
    "when",
    "subject",
    "limit",
    "names",
    "why"
  };

  private static final Set<String> OF_EXAMINATION = Set.of("subject", "limit", "names");
  private static final Set<String> YES = Set.of("true", "yes", "y", "x", "1");
  private static final Set<String> NO = Set.of("false", "no", "n", "0");
  private static final String SEVERAL = "|";

  /** With these a spreadsheet takes a cell for a formula, which can fetch and run things. */
  private static final String FORMULA = "=+-@\t\r";

  private static final String INERT = "'";

  private CsvRow() {}

  /** How a column is called in a plan; null when it is none. */
  static @Nullable String known(String lower) {
    return Arrays.stream(NAMES)
        .filter(name -> name.toLowerCase(Locale.ROOT).equals(lower))
        .findFirst()
        .orElse(null);
  }

  /** What a spreadsheet shows as text, whatever it begins with. */
  static String inert(String cell) {
    return !cell.isEmpty() && (FORMULA + INERT).indexOf(cell.charAt(0)) >= 0 ? INERT + cell : cell;
  }

  static String plain(String cell) {
    boolean inert =
        cell.length() > 1
            && cell.startsWith(INERT)
            && (FORMULA + INERT).indexOf(cell.charAt(1)) >= 0;
    return inert ? cell.substring(1) : cell;
  }

  static List<String> cells(ChecklistItem item) {
    Examination examination = item.examination();
    return Stream.of(
            item.id(),
            item.area(),
            item.question(),
            item.how(),
            item.owner().word(),
            item.kind().word(),
            item.critical() ? "yes" : "no",
            Integer.toString(item.weight()),
            item.evidence().word(),
            Durations.text(item.validFor()),
            text(item.when()),
            examination == null ? "" : examination.subject().word(),
            examination == null ? "" : text(examination.limit()),
            examination == null ? "" : String.join(SEVERAL, examination.names()),
            item.why())
        .map(CsvRow::inert)
        .toList();
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }

  /** What cannot be meant is handed on as it is, so that the reader of items complains of it. */
  static ObjectNode item(Map<String, String> cells) {
    ObjectNode item = JsonNodeFactory.instance.objectNode();
    cells.forEach((column, cell) -> {
      if (OF_EXAMINATION.contains(column)) {
        examination(item.withObject("/examination"), column, cell);
      } else {
        put(item, column, cell);
      }
    });
    return item;
  }

  private static void put(ObjectNode item, String column, String cell) {
    String lower = cell.toLowerCase(Locale.ROOT);
    if (column.equals("critical") && (YES.contains(lower) || NO.contains(lower))) {
      item.put(column, YES.contains(lower));
    } else if (column.equals("weight") && cell.matches("\\d{1,4}")) {
      item.put(column, Integer.parseInt(cell));
    } else {
      item.put(column, cell);
    }
  }

  private static void examination(ObjectNode examination, String column, String cell) {
    if (!column.equals("names")) {
      examination.put(column, cell);
      return;
    }
    ArrayNode names = examination.putArray(column);
    Arrays.stream(cell.split("\\" + SEVERAL))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .forEach(names::add);
  }
}

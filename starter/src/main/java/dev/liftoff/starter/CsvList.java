package dev.liftoff.starter;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.liftoff.checklist.ChecklistItem;
import dev.liftoff.plan.Problem;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;

/** A checklist as a table, as spreadsheets read and write it. */
final class CsvList {
  private static final String BYTE_ORDER_MARK = "\uFEFF";
  private static final Pattern ROW = Pattern.compile("items\\[(\\d+)](?:\\.(.*))?");

  private final String name;
  private final List<PlanFile.Found> problems = new ArrayList<>();
  private final List<Integer> lines = new ArrayList<>();
  private final ArrayNode items = JsonNodeFactory.instance.arrayNode();

  private CsvList(String name) {
    this.name = name;
  }

  /**
   * Reads the table; what is in it, {@link ListFile#items} says.
   *
   * @throws PlanFile.InvalidFile when it is no table, or has columns that nobody would read
   */
  static ListFile read(String name, byte[] content) throws PlanFile.InvalidFile {
    CsvList list = new CsvList(name);
    list.rows(list.text(content));
    if (!list.problems.isEmpty()) {
      throw new PlanFile.InvalidFile(name, list.problems);
    }
    return new ListFile(name, list.items, list::found);
  }

  /** With a column for everything, also where no item has it. */
  static String write(List<ChecklistItem> items) {
    StringBuilder text = new StringBuilder();
    try (CSVPrinter table =
        new CSVPrinter(text, CSVFormat.RFC4180.builder().setHeader(CsvRow.NAMES).get())) {
      for (ChecklistItem item : items) {
        table.printRecord(CsvRow.cells(item));
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return text.toString();
  }

  private String text(byte[] content) throws PlanFile.InvalidFile {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
      return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    } catch (CharacterCodingException other) {
      throw refused(1, "is not UTF-8; save it as CSV UTF-8");
    }
  }

  private void rows(String text) throws PlanFile.InvalidFile {
    CSVFormat format =
        CSVFormat.RFC4180
            .builder()
            .setDelimiter(delimiter(text))
            .setIgnoreEmptyLines(false)
            .setIgnoreSurroundingSpaces(true)
            .get();
    int line = 1;
    try (CSVParser parser = CSVParser.parse(new StringReader(text), format)) {
      Iterator<CSVRecord> rows = parser.iterator();
      if (!rows.hasNext()) {
        throw refused(1, "is empty; a table to start from: liftoff checklist default --csv");
      }
      Map<Integer, String> columns = columns(rows.next());
      for (line = next(parser); rows.hasNext(); line = next(parser)) {
        row(rows.next(), columns, line);
      }
    } catch (IOException | UncheckedIOException damaged) {
      throw refused(line, "is no table from here on: " + damaged.getMessage());
    }
  }

  private static int next(CSVParser parser) {
    return Math.toIntExact(parser.getCurrentLineNumber() + 1);
  }

  /** Spreadsheets use the semicolon where the comma parts decimals. */
  private static char delimiter(String text) {
    String header = text.lines().findFirst().orElse("");
    return header.contains(";") ? ';' : header.contains("\t") ? '\t' : ',';
  }

  private Map<Integer, String> columns(CSVRecord header) {
    Map<Integer, String> columns = new TreeMap<>();
    for (int i = 0; i < header.size(); i++) {
      String written = header.get(i).strip();
      String known = CsvRow.known(written.toLowerCase(Locale.ROOT));
      if (known != null && !columns.containsValue(known)) {
        columns.put(i, known);
      } else if (!written.isEmpty()) {
        problem(
            1,
            known == null
                ? "column '%s' is not known; known are %s"
                    .formatted(written, String.join(", ", CsvRow.NAMES))
                : "column '%s' is there twice".formatted(written));
      }
    }
    return columns;
  }

  private void row(CSVRecord row, Map<Integer, String> columns, int line) {
    Map<String, String> cells = new TreeMap<>();
    for (int i = 0; i < row.size(); i++) {
      String cell = CsvRow.plain(row.get(i).strip());
      String column = columns.get(i);
      if (cell.isEmpty()) {
        continue;
      }
      if (column == null) {
        problem(line, "has '%s' in a column without a name".formatted(shortened(cell)));
      } else {
        cells.put(column, cell);
      }
    }
    if (!cells.isEmpty()) {
      lines.add(line);
      items.add(CsvRow.item(cells));
    }
  }

  private static String shortened(String cell) {
    return cell.length() > 40 ? cell.substring(0, 40) + "…" : cell;
  }

  private void problem(int line, String message) {
    problems.add(new PlanFile.Found(new PlanFile.Place(line, 1), "", message));
  }

  private PlanFile.InvalidFile refused(int line, String message) {
    problem(line, message);
    return new PlanFile.InvalidFile(name, problems);
  }

  /** A row has no path but its columns. */
  private PlanFile.Found found(Problem problem) {
    Matcher row = ROW.matcher(problem.path());
    boolean ofRow = row.matches();
    int line = ofRow ? lines.get(Integer.parseInt(row.group(1))) : 1;
    String column = ofRow && row.group(2) != null ? row.group(2) : "";
    return new PlanFile.Found(
        new PlanFile.Place(line, 1),
        column.replaceFirst("^examination\\.", "").replaceFirst("^examination$", "subject"),
        inLines(problem.message()));
  }

  /** Another row is told by its line, too. */
  private String inLines(String message) {
    return Pattern.compile("items\\[(\\d+)]")
        .matcher(message)
        .replaceAll(row -> "line " + lines.get(Integer.parseInt(row.group(1))));
  }
}

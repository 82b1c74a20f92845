package dev.liftoff.activities.database.backup;

import dev.liftoff.activities.database.PostgresTools;
import dev.liftoff.activities.database.Tool;
import dev.liftoff.activities.database.ToolFailed;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which file of a dump in directory format has which table, as the dump itself says. */
public final class DumpFiles {
  private static final Duration LIST_LIMIT = Duration.ofMinutes(1);

  /** An entry's number, which names its file, the catalog (0 for rows) and the table's oid. */
  private static final Pattern ROWS = Pattern.compile("(\\d+); 0 (\\d+) TABLE DATA .*");

  private DumpFiles() {}

  /**
   * The file of each table that the dump has rows of.
   *
   * @param dump folder of the dump, by the name that it has below the restore point's
   */
  public static Map<String, SavedTable> of(
      PostgresTools tools, Path dump, Map<String, TableLayout> layouts)
      throws IOException, InterruptedException, ToolFailed {
    Map<Long, String> files = new HashMap<>();
    for (String line : list(tools, dump)) {
      Matcher entry = ROWS.matcher(line);
      if (entry.matches()) {
        String file = "%s/%s.dat.gz".formatted(dump.getFileName(), entry.group(1));
        files.put(Long.valueOf(entry.group(2)), file);
      }
    }
    Map<String, SavedTable> saved = new TreeMap<>();
    layouts.forEach((table, layout) -> {
      String file = files.get(layout.oid());
      if (file != null) {
        saved.put(table, layout.savedIn(file));
      }
    });
    return saved;
  }

  private static List<String> list(PostgresTools tools, Path dump)
      throws IOException, InterruptedException, ToolFailed {
    try (Tool list = tools.start("pg_restore", List.of("--list", dump.toString()), Map.of())) {
      list.await(LIST_LIMIT);
      return list.lines();
    }
  }
}

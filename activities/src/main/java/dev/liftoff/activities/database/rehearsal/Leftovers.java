package dev.liftoff.activities.database.rehearsal;

import dev.liftoff.database.MigrationClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Half an index, and a constraint that nobody validates, when all migrations are done. */
final class Leftovers {
  private static final Set<String> ENDINGS = Set.of(" NOT VALID", " invalid");

  private Leftovers() {}

  static List<Change> of(Observed observed, CopyRun.Result run) {
    Map<String, String> end = run.observed().getLast().after().catalog().facts();
    Map<String, String> before = observed.before().catalog().facts();
    List<Change> changes = new ArrayList<>();
    observed
        .after()
        .catalog()
        .facts()
        .forEach((subject, definition) -> {
          boolean left = definition.equals(end.get(subject)) && isHalf(definition);
          if (left && !definition.equals(before.get(subject))) {
            changes.add(new Change(MigrationClass.ERROR, subject + " is not valid at the end"));
          }
        });
    return changes;
  }

  private static boolean isHalf(String definition) {
    return ENDINGS.stream().anyMatch(definition::endsWith);
  }
}

package dev.liftoff.activities.database.rehearsal;

import dev.liftoff.database.MigrationClass;
import dev.liftoff.database.RowsTouched;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a migration did to rows that were there before the launch, or to their tables. */
final class RowChanges {
  private RowChanges() {}

  static List<Change> of(Observed observed, CopyState first) {
    List<Change> changes = new ArrayList<>();
    old(observed, first)
        .forEach((oid, touched) -> {
          if (touched.deleted() > 0) {
            changes.add(
                new Change(
                    MigrationClass.DATA_LOSS,
                    "removed %d rows of %s".formatted(touched.deleted(), observed.name(oid))));
          }
          if (touched.inserted() + touched.updated() > 0) {
            changes.add(
                new Change(
                    MigrationClass.BACKFILL,
                    "inserted %d and updated %d rows of %s"
                        .formatted(touched.inserted(), touched.updated(), observed.name(oid))));
          }
        });
    return changes;
  }

  static Map<Long, RowsTouched> old(Observed observed, CopyState first) {
    return observed.touched().entrySet().stream()
        .filter(each -> first.tables().containsKey(each.getKey()))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }
}

package dev.liftoff.database;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a rescue would do: the database as it was before the migration takes the place of the live
 * one, with every row that the service wrote since. Counted while the service goes on, so a rescue
 * may meet a few more.
 *
 * @param twin the database that would become the live one
 * @param kept what the live database would be called then; it stays as it is
 * @param rows what the service did to the rows since the barrier, by table; all of it is taken
 *     along
 * @param notRepresentable what the old schema has no place for: values by column, rows by table. It
 *     stays in the database that is kept, and in the delta files
 * @param downtime how long the service would be kept out
 * @param obstacles one sentence each, with the fix; a rescue with one is refused
 * @param notes one sentence each, for the human who approves
 */
public record RescuePlan(
    String twin,
    String kept,
    Map<String, RowsTouched> rows,
    Map<String, Long> notRepresentable,
    Duration downtime,
    List<String> obstacles,
    List<String> notes) {
  public RescuePlan {
    rows = new TreeMap<>(rows);
    notRepresentable = new TreeMap<>(notRepresentable);
    obstacles = List.copyOf(obstacles);
    notes = List.copyOf(notes);
  }

  public boolean possible() {
    return obstacles.isEmpty();
  }

  /**
   * What a human types to approve it: the rows that were inserted, updated and deleted, and what is
   * not representable, such as {@code 5200 9601 500 5001}.
   */
  public String code() {
    long inserted = rows.values().stream().mapToLong(RowsTouched::inserted).sum();
    long updated = rows.values().stream().mapToLong(RowsTouched::updated).sum();
    long deleted = rows.values().stream().mapToLong(RowsTouched::deleted).sum();
    long left = notRepresentable.values().stream().mapToLong(Long::longValue).sum();
    return "%d %d %d %d".formatted(inserted, updated, deleted, left);
  }
}

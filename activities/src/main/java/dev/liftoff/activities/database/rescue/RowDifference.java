package dev.liftoff.activities.database.rescue;

import dev.liftoff.database.RowsTouched;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Rows of one table that are only in the live database, in both with other content, or only in the
 * twin.
 *
 * @param keptChanged those in both that differ in a column that nothing should have changed
 */
record RowDifference(long came, long changed, long went, long keptChanged) {
  private static final String TABLE = "pg_temp.liftoff_rows";

  /**
   * @param kept columns that nothing should have changed
   */
  static RowDifference of(Pair pair, Shape shape, List<String> kept)
      throws SQLException, IOException {
    Connection twin = pair.twin();
    String row = hash(shape.common());
    String part = hash(kept);
    Sql.execute(
        twin,
        "CREATE TEMPORARY TABLE liftoff_rows AS SELECT %s, 0::bigint AS liftoff_hash, 0::bigint AS liftoff_kept FROM %s WITH NO DATA"
            .formatted(shape.keys(), shape.table()));
    Bulk.copy(
        pair.live(),
        "SELECT %s, %s, %s FROM ONLY %s AS liftoff_row"
            .formatted(shape.keys(), row, part, shape.table()),
        twin,
        TABLE);
    Sql.execute(twin, "ANALYZE " + TABLE);
    String joined =
        "FROM (SELECT %s, %s AS liftoff_hash, %s AS liftoff_kept FROM ONLY %s) AS liftoff_row JOIN %s AS l ON %s"
            .formatted(shape.keys(), row, part, shape.table(), TABLE, shape.sameKey("l"));
    long both = Sql.number(twin, "SELECT count(*) " + joined);
    long changed = Sql.number(twin, "SELECT count(*) " + joined + differing("liftoff_hash"));
    long keptChanged = Sql.number(twin, "SELECT count(*) " + joined + differing("liftoff_kept"));
    long live = Sql.number(twin, "SELECT count(*) FROM " + TABLE);
    long before = Sql.number(twin, shape.count("true"));
    Sql.execute(twin, "DROP TABLE " + TABLE);
    return new RowDifference(live - both, changed, before - both, keptChanged);
  }

  private static String hash(List<String> columns) {
    return "hashtextextended(ROW(%s)::text, 0)".formatted(String.join(", ", columns));
  }

  private static String differing(String hash) {
    return " WHERE l.%1$s <> liftoff_row.%1$s".formatted(hash);
  }

  void beyond(RowsTouched rehearsed, long room, String table, List<String> findings) {
    beyond(came, rehearsed.inserted() + room, "came to", table, findings);
    beyond(changed, rehearsed.updated() + room, "changed in", table, findings);
    beyond(went, rehearsed.deleted() + room, "are gone from", table, findings);
  }

  private static void beyond(
      long found, long most, String what, String table, List<String> findings) {
    if (found > most) {
      findings.add(
          "%d rows %s %s, at most %d could by the rehearsal".formatted(found, what, table, most));
    }
  }
}

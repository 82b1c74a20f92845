package dev.liftoff.activities.database.rescue;

import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * Tables that are copied again as a whole in a rescue, where single rows cannot be told: those
 * without a primary key that were written to, and those that were rewritten or emptied since. Only
 * a twin of the live rows can take that: one from before the migration has values of its own.
 */
final class Reloads {
  private static final String STORAGE = "SELECT pg_relation_filenode(to_regclass(?))";

  private Reloads() {}

  static Set<String> of(
      Pair pair, AnchorNote anchor, BarrierNote barrier, Map<String, Counted> counted)
      throws SQLException {
    Set<String> whole = new TreeSet<>();
    for (Shape shape : pair.shapes()) {
      boolean written = Objects.requireNonNull(counted.get(shape.table())).changed();
      if (anchor.late()
          && ((written && !shape.hasKey()) || isRewritten(pair, barrier, shape.table()))) {
        whole.add(shape.table());
      }
    }
    return whole;
  }

  /** What was written is not visible in the rows of such a table. */
  static boolean isRewritten(Pair pair, BarrierNote barrier, String table) throws SQLException {
    Long before = barrier.storage().get(table);
    return before != null && before != Sql.number(pair.live(), STORAGE, table);
  }
}

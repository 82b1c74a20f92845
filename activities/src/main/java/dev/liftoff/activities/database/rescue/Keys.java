package dev.liftoff.activities.database.rescue;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Keys of rows of the live database, in a temporary table of its twin: so the server joins them
 * there. An extension that reaches across databases would need a superuser.
 */
final class Keys {
  static final String TABLE = "pg_temp.liftoff_keys";

  private Keys() {}

  static void load(Pair pair, Shape shape, String condition) throws SQLException, IOException {
    discard(pair.twin());
    Sql.execute(
        pair.twin(),
        "CREATE TEMPORARY TABLE liftoff_keys AS SELECT %s FROM %s WITH NO DATA"
            .formatted(shape.keys(), shape.table()));
    Bulk.copy(pair.live(), shape.select(shape.key(), condition), pair.twin(), TABLE);
    Sql.execute(pair.twin(), "ANALYZE " + TABLE);
  }

  /** Of the loaded ones, those that the twin has too. */
  static long known(Connection twin, Shape shape) throws SQLException {
    return Sql.number(
        twin,
        "SELECT count(*) FROM ONLY %s AS liftoff_row JOIN %s AS k ON %s"
            .formatted(shape.table(), TABLE, shape.sameKey("k")));
  }

  /** A row of the twin is among the loaded ones. */
  static String loaded(Shape shape) {
    return "EXISTS (SELECT FROM %s AS k WHERE %s)".formatted(TABLE, shape.sameKey("k"));
  }

  static void discard(Connection twin) throws SQLException {
    Sql.execute(twin, "DROP TABLE IF EXISTS " + TABLE);
  }
}

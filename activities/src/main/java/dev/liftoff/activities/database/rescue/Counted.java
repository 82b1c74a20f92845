package dev.liftoff.activities.database.rescue;

import dev.liftoff.database.RowsTouched;
import java.io.IOException;
import java.sql.SQLException;

/**
 * What became of the rows of one table since its twin was made.
 *
 * @param rows what the service did since the barrier
 * @param migrated rows that the migration wrote last
 * @param migrationAdded those of them that were not there before
 */
record Counted(RowsTouched rows, long migrated, long migrationAdded) {

  static Counted of(Pair pair, Shape shape, Epoch epoch) throws SQLException, IOException {
    long written = Sql.number(pair.live(), shape.count(epoch.service()));
    long migrated = Sql.number(pair.live(), shape.count(epoch.migration()));
    long updated = written == 0 ? 0 : known(pair, shape, epoch.service());
    long added = migrated == 0 ? 0 : migrated - known(pair, shape, epoch.migration());
    if (!shape.hasKey()) {
      updated = 0;
      added = 0;
    }
    long inserted = written - updated;
    // Every row that is there now was there before, or was added: the rest of the old ones is gone.
    long now = Sql.number(pair.live(), shape.count("true"));
    long before = Sql.number(pair.twin(), shape.count("true"));
    long deleted = before + inserted + added - now;
    return new Counted(new RowsTouched(inserted, updated, deleted), migrated, added);
  }

  boolean changed() {
    return !rows.equals(new RowsTouched(0, 0, 0)) || migrationAdded > 0;
  }

  private static long known(Pair pair, Shape shape, String condition)
      throws SQLException, IOException {
    if (!shape.hasKey()) {
      return 0;
    }
    Keys.load(pair, shape, condition);
    long known = Keys.known(pair.twin(), shape);
    Keys.discard(pair.twin());
    return known;
  }
}

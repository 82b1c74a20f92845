package dev.liftoff.activities.database.rescue;

import dev.liftoff.activities.database.Catalog;
import dev.liftoff.activities.database.Progress;
import dev.liftoff.activities.database.TableContents;
import dev.liftoff.database.TableState;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The twin has, in every column that both have, what the live database has; but for rows that the
 * migration wrote last, whose values from before it are in the twin.
 */
record RescueProof(Pair pair, Epoch epoch, AnchorNote anchor, Progress progress) {

  /** One sentence for each thing that differs. */
  List<String> differences(Map<String, Counted> counted) throws SQLException, IOException {
    List<String> differences = new ArrayList<>();
    if (!Catalog.read(pair.twin()).fingerprint().equals(anchor.fingerprint())) {
      differences.add("the schema of the twin is not what it was before the migration");
    }
    for (Shape shape : pair.shapes()) {
      progress.report("comparing " + shape.table());
      if (!equal(shape, Objects.requireNonNull(counted.get(shape.table())))) {
        differences.add("table %s of the twin differs from the live one".formatted(shape.table()));
      }
    }
    differences.addAll(Sequences.differences(pair));
    return differences;
  }

  private boolean equal(Shape shape, Counted counted) throws SQLException, IOException {
    return live(shape, "true").equals(twin(shape, "true"))
        || (counted.migrated() > 0 && shape.hasKey() && equalButForMigrated(shape));
  }

  private boolean equalButForMigrated(Shape shape) throws SQLException, IOException {
    Keys.load(pair, shape, epoch.migration());
    boolean equal =
        live(shape, "NOT (%s)".formatted(epoch.migration()))
            .equals(twin(shape, "NOT " + Keys.loaded(shape)));
    Keys.discard(pair.twin());
    return equal;
  }

  private TableState live(Shape shape, String condition) throws SQLException {
    return TableContents.read(pair.live(), shape.table(), shape.common(), condition);
  }

  private TableState twin(Shape shape, String condition) throws SQLException {
    return TableContents.read(pair.twin(), shape.table(), shape.common(), condition);
  }
}

package dev.liftoff.activities.database.rescue;

import dev.liftoff.activities.database.LaunchFolder;
import dev.liftoff.activities.database.Progress;
import dev.liftoff.activities.database.Sha256;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Puts into the twin what the service did since the barrier, in one transaction that the caller
 * commits once it is proven. Rows that changed are removed and put back, instead of updated one by
 * one: two of them may have exchanged a unique value.
 *
 * @param whole tables that are copied again as a whole
 */
record Replay(Pair pair, Epoch epoch, Set<String> whole, LaunchFolder folder, Progress progress) {
  private static final String TABLE = "pg_temp.liftoff_delta";

  void carryOut(Map<String, Counted> counted, List<Delta.Part> parts)
      throws SQLException, IOException {
    List<Shape> changed =
        pair.shapes().stream()
            .filter(shape -> of(counted, shape).changed() || whole.contains(shape.table()))
            .toList();
    Guards guards = Guards.lift(pair.twin(), changed.stream().map(Shape::table).toList());
    for (Shape shape : changed) {
      progress.report("putting back what was written to " + shape.table());
      if (whole.contains(shape.table())) {
        reload(shape);
        continue;
      }
      Delta.Part part =
          parts.stream()
              .filter(each -> each.table().equals(shape.table()))
              .findFirst()
              .orElseThrow();
      carryOut(shape, of(counted, shape), part);
    }
    progress.report("checking the foreign keys");
    guards.putBack();
  }

  private void carryOut(Shape shape, Counted counted, Delta.Part part)
      throws SQLException, IOException {
    if (counted.rows().deleted() > 0) {
      removeDeleted(shape);
    }
    if (part.rows() > 0) {
      load(shape, part);
      if (shape.hasKey()) {
        Sql.execute(
            pair.twin(),
            "DELETE FROM ONLY %s AS liftoff_row USING %s AS d WHERE %s"
                .formatted(shape.table(), TABLE, shape.sameKey("d")));
      }
      insert(shape, "true");
    }
    if (counted.migrationAdded() > 0) {
      keepAdded(shape);
    }
  }

  private void reload(Shape shape) throws SQLException, IOException {
    Sql.execute(pair.twin(), "DELETE FROM ONLY " + shape.table());
    long _ =
        Bulk.copy(
            pair.live(),
            shape.select(shape.written(), "true"),
            pair.twin(),
            "%s(%s)".formatted(shape.table(), String.join(", ", shape.written())));
  }

  private void removeDeleted(Shape shape) throws SQLException, IOException {
    Keys.load(pair, shape, "true");
    Sql.execute(
        pair.twin(),
        "DELETE FROM ONLY %s AS liftoff_row WHERE NOT %s"
            .formatted(shape.table(), Keys.loaded(shape)));
    Keys.discard(pair.twin());
  }

  private void load(Shape shape, Delta.Part part) throws SQLException, IOException {
    Path file = Delta.file(folder, part);
    if (!Sha256.of(file).equals(part.sha256())) {
      throw new IOException(file + " is not what was saved; look at the disk");
    }
    prepare(shape);
    for (String column : shape.added()) {
      Sql.execute(pair.twin(), "ALTER TABLE %s ADD COLUMN %s text".formatted(TABLE, column));
    }
    Bulk.load(file, pair.twin(), TABLE + "(" + String.join(", ", part.columns()) + ")");
  }

  private void keepAdded(Shape shape) throws SQLException, IOException {
    prepare(shape);
    Bulk.copy(
        pair.live(),
        shape.select(shape.written(), epoch.migration()),
        pair.twin(),
        TABLE + "(" + String.join(", ", shape.written()) + ")");
    insert(
        shape,
        "NOT EXISTS (SELECT FROM ONLY %s AS liftoff_row WHERE %s)"
            .formatted(shape.table(), shape.sameKey("d")));
  }

  private void prepare(Shape shape) throws SQLException {
    Sql.execute(pair.twin(), "DROP TABLE IF EXISTS " + TABLE);
    Sql.execute(
        pair.twin(),
        "CREATE TEMPORARY TABLE liftoff_delta AS SELECT %s FROM %s WITH NO DATA"
            .formatted(String.join(", ", shape.written()), shape.table()));
  }

  private void insert(Shape shape, String condition) throws SQLException {
    String columns = String.join(", ", shape.written());
    Connection twin = pair.twin();
    Sql.execute(
        twin,
        "INSERT INTO %s (%s) OVERRIDING SYSTEM VALUE SELECT %s FROM %s AS d WHERE %s"
            .formatted(shape.table(), columns, columns, TABLE, condition));
    Sql.execute(twin, "DROP TABLE " + TABLE);
  }

  private static Counted of(Map<String, Counted> counted, Shape shape) {
    return Objects.requireNonNull(counted.get(shape.table()));
  }
}

package dev.liftoff.activities.database.rescue;

import dev.liftoff.activities.database.LaunchFolder;
import dev.liftoff.activities.database.PostgresServer;
import dev.liftoff.activities.database.Progress;
import dev.liftoff.activities.database.TableContents;
import dev.liftoff.database.Rehearsal;
import dev.liftoff.database.RowsTouched;
import dev.liftoff.database.TableState;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Compares the migrated database with its twin, row by row, while nobody else can have written.
 *
 * <p>A table that the rehearsal did not touch must have the same content in the columns that it
 * had. In one that it touched, no more rows may have come, gone or changed than it counted; exactly
 * so many must have come and gone on balance. In columns to which the rehearsal gave no other
 * values, no row that was there may have changed at all. Rows that the service wrote between the
 * restore point and the freeze were not there in the rehearsal: each of them gives the counts that
 * much room. A table without a primary key that was touched is compared by its count only.
 */
public record FrozenComparison(PostgresServer server, LaunchFolder folder, Progress progress) {
  private static final RowsTouched NONE = new RowsTouched(0, 0, 0);
  private static final String HISTORY = "flyway_schema_history";

  /**
   * One sentence for each table that is not as it should be; nothing where writes are not frozen.
   *
   * @param rehearsal what the migrations did to rows, and to which columns of them
   * @param xmin rows from this transaction number on are not in the restore point
   * @param saved tables of the restore point
   */
  public List<String> findings(Rehearsal rehearsal, String xmin, Map<String, TableState> saved)
      throws SQLException, IOException {
    AnchorNote anchor = AnchorNote.read(folder);
    FreezeNote freeze = FreezeNote.read(folder);
    List<String> findings = new ArrayList<>();
    if (anchor == null || freeze == null || !freeze.id().equals(anchor.freeze())) {
      return findings;
    }
    Map<String, RowsTouched> rehearsed = rehearsal.rows();
    try (Pair pair = Pair.open(server, anchor)) {
      for (Shape shape : pair.shapes()) {
        if (!shape.table().endsWith("." + HISTORY)) {
          progress.report("comparing %s with its twin".formatted(shape.table()));
          long room = room(pair, shape, xmin, saved.get(shape.table()));
          RowsTouched touched = rehearsed.getOrDefault(shape.table(), NONE);
          compare(pair, shape, touched, kept(shape, rehearsal), room, findings);
        }
      }
      return findings;
    }
  }

  private static void compare(
      Pair pair,
      Shape shape,
      RowsTouched rehearsed,
      List<String> kept,
      long room,
      List<String> findings)
      throws SQLException, IOException {
    TableState before = TableContents.read(pair.twin(), shape.table(), shape.common(), "true");
    TableState after = TableContents.read(pair.live(), shape.table(), shape.common(), "true");
    if (rehearsed.equals(NONE)) {
      if (!before.equals(after)) {
        findings.add(
            "the rehearsal did not touch the rows of %s, but they are not what they were"
                .formatted(shape.table()));
      }
      return;
    }
    long balance = after.rows() - before.rows();
    long expected = rehearsed.inserted() - rehearsed.deleted();
    if (Math.abs(balance - expected) > room) {
      findings.add(
          "table %s has %d rows and had %d; the rehearsal made it %+d"
              .formatted(shape.table(), after.rows(), before.rows(), expected));
    }
    if (shape.hasKey()) {
      RowDifference difference = RowDifference.of(pair, shape, kept);
      difference.beyond(rehearsed, room, shape.table(), findings);
      if (difference.keptChanged() > room) {
        findings.add(
            "%d rows of %s have other values in %s, which the rehearsal left as they were"
                .formatted(
                    difference.keptChanged(),
                    shape.table(),
                    String.join(", ", changed(pair, shape, kept))));
      }
    }
  }

  /** Columns of a table that the rehearsal updated, and not these; none where that is not known. */
  private static List<String> kept(Shape shape, Rehearsal rehearsal) {
    List<String> kept = new ArrayList<>();
    rehearsal
        .changedColumnsOf(shape.table())
        .ifPresent(changed -> {
          kept.addAll(shape.common());
          kept.removeAll(changed);
        });
    return kept;
  }

  private static List<String> changed(Pair pair, Shape shape, List<String> kept)
      throws SQLException, IOException {
    List<String> changed = new ArrayList<>();
    for (String column : kept) {
      if (RowDifference.of(pair, shape, List.of(column)).keptChanged() > 0) {
        changed.add(column);
      }
    }
    return changed;
  }

  /** Rows that the rehearsal did not see as the migration did. */
  private static long room(
      Pair pair, Shape shape, String xmin, @org.jspecify.annotations.Nullable TableState saved)
      throws SQLException {
    String since = "age(liftoff_row.xmin) <= age('%s'::xid8::xid)".formatted(xmin);
    long written = Sql.number(pair.twin(), shape.count(since));
    long now = Sql.number(pair.twin(), shape.count("true"));
    return saved == null ? now : written + Math.max(0, saved.rows() + written - now);
  }
}

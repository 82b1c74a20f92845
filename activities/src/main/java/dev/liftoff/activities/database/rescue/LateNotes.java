package dev.liftoff.activities.database.rescue;

import dev.liftoff.activities.database.LaunchFolder;
import dev.liftoff.activities.database.backup.Manifest;
import dev.liftoff.activities.database.rehearsal.SavedRehearsal;
import dev.liftoff.database.RowsTouched;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a human should know who approves a rescue by a twin of the live rows. */
record LateNotes(Pair pair, LaunchFolder folder) {

  List<String> all() throws SQLException, IOException {
    Manifest manifest = Manifest.read(folder.backup());
    String since = "age(liftoff_row.xmin) <= age('%s'::xid8::xid)".formatted(manifest.xmin());
    long rows = 0;
    long written = 0;
    List<String> keyless = new ArrayList<>();
    for (Shape shape : pair.shapes()) {
      long here = Sql.number(pair.twin(), shape.count("true"));
      rows += here;
      if (!shape.hasKey()) {
        keyless.add(
            "%s has no primary key: where it was written to, all of its rows, %d now, are copied again while the service is kept out"
                .formatted(shape.table(), here));
      }
      written += Sql.number(pair.live(), shape.count(since));
    }
    List<String> notes = new ArrayList<>();
    notes.add(
        "the twin has every row of the live database: %d rows in %d tables when it was made, %d of them written since the restore point; the rows above came since"
            .formatted(rows, pair.shapes().size(), written));
    notes.addAll(keyless);
    for (Map.Entry<String, RowsTouched> each : touched().entrySet()) {
      if (manifest.tables().containsKey(each.getKey()) && each.getValue().inserted() > 0) {
        notes.add(
            "%d rows of %s were added by the migration; they are kept"
                .formatted(each.getValue().inserted(), each.getKey()));
      }
    }
    return notes;
  }

  private Map<String, RowsTouched> touched() throws IOException {
    return SavedRehearsal.read(folder).orElseThrow().rehearsal().rows();
  }
}

package dev.liftoff.activities.database.integrity;

import dev.liftoff.activities.database.LaunchFolder;
import dev.liftoff.activities.database.rehearsal.SavedRehearsal;
import dev.liftoff.database.Rehearsal;
import dev.liftoff.database.Rehearsed;
import dev.liftoff.database.RowsTouched;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the rehearsal says that the migration does. */
record Prediction(Rehearsal rehearsal) {

  /** Empty when the launch has not rehearsed. */
  static Optional<Prediction> read(LaunchFolder folder) throws IOException {
    return SavedRehearsal.read(folder).map(saved -> new Prediction(saved.rehearsal()));
  }

  /** Empty when only repeatable migrations, or none, were rehearsed. */
  Optional<String> version() {
    return rehearsal.migrations().stream()
        .map(Rehearsed::version)
        .filter(version -> !version.equals("R"))
        .reduce((first, second) -> second);
  }

  String fingerprint() {
    return rehearsal.migrations().isEmpty()
        ? rehearsal.fingerprint()
        : rehearsal.migrations().getLast().fingerprint();
  }

  List<String> scripts() {
    return rehearsal.migrations().stream().map(Rehearsed::script).toList();
  }

  List<String> changes() {
    return rehearsal.migrations().stream().flatMap(each -> each.changes().stream()).toList();
  }

  Map<String, RowsTouched> rows() {
    return rehearsal.rows();
  }
}

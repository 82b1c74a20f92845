package dev.liftoff.activities.database.rescue;

import dev.liftoff.Payloads;
import dev.liftoff.activities.database.LaunchFolder;
import dev.liftoff.database.RowsTouched;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a rescue did, {@code rescue.json}. Which database is live is asked of the server, not of
 * this file.
 */
record RescueNote(
    RescuePhase phase,
    Instant since,
    String code,
    Map<String, RowsTouched> rows,
    List<Delta.Part> files,
    List<String> findings) {
  RescueNote {
    rows = new TreeMap<>(rows);
    files = List.copyOf(files);
    findings = List.copyOf(findings);
  }

  static @Nullable RescueNote read(LaunchFolder folder) throws IOException {
    Path file = file(folder);
    return Files.exists(file) ? Payloads.mapper().readValue(file.toFile(), RescueNote.class) : null;
  }

  RescueNote with(RescuePhase next) {
    return new RescueNote(next, since, code, rows, files, findings);
  }

  RescueNote refused(List<String> reasons) {
    return new RescueNote(RescuePhase.REFUSED, since, code, rows, files, reasons);
  }

  void write(LaunchFolder folder) throws IOException {
    folder.write(file(folder), Payloads.mapper().writeValueAsBytes(this));
  }

  private static Path file(LaunchFolder folder) {
    return folder.path().resolve("rescue.json");
  }
}

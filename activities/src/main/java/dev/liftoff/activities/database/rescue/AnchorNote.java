package dev.liftoff.activities.database.rescue;

import dev.liftoff.Payloads;
import dev.liftoff.activities.database.LaunchFolder;
import dev.liftoff.database.Anchor;
import dev.liftoff.database.TableState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a twin is a copy of, {@code anchor.json}: whoever holds the twin can recompute it.
 *
 * @param freeze the freeze under which it was made
 * @param oid the server's number of the twin, which stays when it is renamed
 * @param xmin rows with this transaction number or a later one were written afterwards
 * @param tables content of each table, equal in both when it was taken
 * @param columns of each table, as it was hashed
 * @param late it was made when a rescue was wanted, of the live rows and in no freeze
 * @param versionTables tables that tell of the schema, whose rows are those of the restore point
 */
record AnchorNote(
    String freeze,
    String twin,
    long oid,
    String server,
    String xmin,
    String walPosition,
    Instant takenAt,
    Duration took,
    long bytes,
    String fingerprint,
    Map<String, TableState> tables,
    Map<String, List<String>> columns,
    Map<String, Long> sequences,
    boolean late,
    @Nullable List<String> versionTables) {
  AnchorNote {
    versionTables = versionTables == null ? List.of() : List.copyOf(versionTables);
    tables = new TreeMap<>(tables);
    columns = new TreeMap<>(columns);
    sequences = new TreeMap<>(sequences);
  }

  static @Nullable AnchorNote read(LaunchFolder folder) throws IOException {
    Path file = file(folder);
    return Files.exists(file) ? Payloads.mapper().readValue(file.toFile(), AnchorNote.class) : null;
  }

  /** Whatever is copied next, this is no anchor any more. */
  static void forget(LaunchFolder folder) throws IOException {
    Files.deleteIfExists(file(folder));
    LaunchFolder.sync(folder.path());
  }

  /** Its rows are compared; those of a version table tell of the schema. */
  boolean hasRowsOf(String table) {
    return !Objects.requireNonNull(versionTables).contains(table);
  }

  void write(LaunchFolder folder) throws IOException {
    folder.write(file(folder), Payloads.mapper().writeValueAsBytes(this));
  }

  Anchor anchor() {
    long rows = tables.values().stream().mapToLong(TableState::rows).sum();
    return new Anchor(twin, takenAt, took, bytes, tables.size(), rows);
  }

  private static Path file(LaunchFolder folder) {
    return folder.path().resolve("anchor.json");
  }
}

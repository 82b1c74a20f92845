package dev.liftoff.activities.database.backup;

import dev.liftoff.database.RestorePoint;
import dev.liftoff.database.TableState;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Dump and manifest agree again, as after a fault before the checksums were taken. */
public final class Forged {
  private Forged() {}

  public static RestorePoint checksums(Path backup) throws Exception {
    return saved(backup, Manifest.read(backup).tables());
  }

  /** As if this table had had this content. */
  public static RestorePoint table(Path backup, String table, TableState content) throws Exception {
    Map<String, TableState> tables = new TreeMap<>(Manifest.read(backup).tables());
    tables.put(table, content);
    return saved(backup, tables);
  }

  private static RestorePoint saved(Path backup, Map<String, TableState> tables) throws Exception {
    Manifest old = Manifest.read(backup);
    Manifest manifest =
        new Manifest(
            old.launch(),
            old.database(),
            old.systemIdentifier(),
            old.server(),
            old.dumpVersion(),
            old.snapshot(),
            old.walPosition(),
            old.xmin(),
            old.takenAt(),
            old.schemaVersion(),
            old.fingerprint(),
            old.catalog(),
            tables,
            old.sequences(),
            old.saved(),
            old.globals(),
            Manifest.filesIn(backup, 1),
            old.method(),
            old.throttled());
    manifest.write(backup);
    return manifest.restorePoint(backup);
  }
}

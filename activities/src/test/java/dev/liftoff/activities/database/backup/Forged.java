package dev.liftoff.activities.database.backup;

import dev.liftoff.database.RestorePoint;
import java.nio.file.Path;

/** Dump and manifest agree again, as after a fault before the checksums were taken. */
public final class Forged {
  private Forged() {}

  public static RestorePoint checksums(Path backup) throws Exception {
    return snapshot(backup, Manifest.read(backup).snapshot());
  }

  /** Also as if it were from another restore point of the server. */
  public static RestorePoint snapshot(Path backup, String snapshot) throws Exception {
    Manifest old = Manifest.read(backup);
    Manifest manifest =
        new Manifest(
            old.launch(),
            old.database(),
            old.systemIdentifier(),
            old.server(),
            old.dumpVersion(),
            snapshot,
            old.walPosition(),
            old.xmin(),
            old.takenAt(),
            old.schemaVersion(),
            old.fingerprint(),
            old.catalog(),
            old.tables(),
            old.sequences(),
            old.saved(),
            old.globals(),
            Manifest.filesIn(backup, 1));
    manifest.write(backup);
    return manifest.restorePoint(backup);
  }
}

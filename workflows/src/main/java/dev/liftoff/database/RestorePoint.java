package dev.liftoff.database;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A saved state of the database.
 *
 * @param folder what was saved, or where it lies, beside its manifest, on the worker's host
 * @param takenAt when its snapshot was taken
 * @param schemaVersion the last applied migration in it
 * @param bytes size of what is in the folder
 * @param manifestSha256 checksum of the manifest, which holds a sha256 per file
 * @param tables content of each table in the snapshot, by qualified name
 * @param method what took it; never auto
 * @param throttled how far taking it gave way to the service; null where that is not known
 */
public record RestorePoint(
    String folder,
    Instant takenAt,
    String schemaVersion,
    long bytes,
    String manifestSha256,
    Map<String, TableState> tables,
    BackupMethod method,
    @Nullable Throttled throttled) {

  /** What a history does not have was taken when there was but one method. */
  @JsonCreator
  public RestorePoint(
      String folder,
      Instant takenAt,
      String schemaVersion,
      long bytes,
      String manifestSha256,
      Map<String, TableState> tables,
      @Nullable BackupMethod method,
      @Nullable Throttled throttled) {
    this.folder = folder;
    this.takenAt = takenAt;
    this.schemaVersion = schemaVersion;
    this.bytes = bytes;
    this.manifestSha256 = manifestSha256;
    this.tables = new TreeMap<>(tables);
    this.method = method == null ? BackupMethod.LOGICAL : method;
    this.throttled = throttled;
  }
}

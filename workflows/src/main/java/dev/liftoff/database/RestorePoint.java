package dev.liftoff.database;

import java.time.Instant;
import java.util.Map;

/**
 * A saved state of the database.
 *
 * @param folder the dump in directory format beside its manifest, on the worker's host
 * @param takenAt when its snapshot was taken
 * @param schemaVersion the last applied migration in it
 * @param bytes size of the dump
 * @param manifestSha256 checksum of the manifest, which holds a sha256 per file
 * @param tables content of each table in the snapshot, by qualified name
 */
public record RestorePoint(
    String folder,
    Instant takenAt,
    String schemaVersion,
    long bytes,
    String manifestSha256,
    Map<String, TableState> tables) {
  public RestorePoint {
    tables = new java.util.TreeMap<>(tables);
  }
}

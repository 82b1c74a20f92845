package dev.liftoff.database;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * One migration as it ran on the copy.
 *
 * @param version {@code R} for a repeatable one
 * @param sha256 of the file's bytes, lower-case hex
 * @param locks what it held when it was done, such as {@code AccessExclusive public.orders}
 * @param rewritten tables whose storage it replaced
 * @param rows what it did to rows, by table
 * @param changes the catalog's facts that it changed, such as {@code added column
 *     public.orders.note}
 * @param fingerprint of the catalog after it
 * @param transactional whether it ran in a transaction
 */
public record Rehearsed(
    String version,
    String script,
    String sha256,
    MigrationClass kind,
    Duration took,
    List<String> locks,
    List<String> rewritten,
    Map<String, RowsTouched> rows,
    List<String> changes,
    String fingerprint,
    boolean transactional) {
  public Rehearsed {
    locks = List.copyOf(locks);
    rewritten = List.copyOf(rewritten);
    rows = new java.util.TreeMap<>(rows);
    changes = List.copyOf(changes);
  }
}

package dev.liftoff.database;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One migration as it ran on the copy.
 *
 * @param version {@code R} for a repeatable one; of a command, the version that it ends at
 * @param script name of the file, or the command
 * @param sha256 of the file's bytes, lower-case hex; of a command, {@link
 *     MigrationCommand#identity}'s
 * @param locks what it held when it was done, such as {@code AccessExclusive public.orders}
 * @param rewritten tables whose storage it replaced
 * @param rows what it did to rows, by table
 * @param changes the catalog's facts that it changed, such as {@code added column
 *     public.orders.note}
 * @param fingerprint of the catalog after it
 * @param transactional whether it ran in one transaction
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
  /** PostgreSQL's table-level locks. */
  private static final List<String> LOCKS_BY_STRENGTH =
      List.of(
          "AccessExclusive",
          "Exclusive",
          "ShareRowExclusive",
          "Share",
          "ShareUpdateExclusive",
          "RowExclusive",
          "RowShare");

  public Rehearsed {
    locks = List.copyOf(locks);
    rewritten = List.copyOf(rewritten);
    rows = new java.util.TreeMap<>(rows);
    changes = List.copyOf(changes);
  }

  /** The one that stops most, with its tables; empty when it held none. */
  public String strongestLock() {
    return LOCKS_BY_STRENGTH.stream()
        .filter(mode -> locks.stream().anyMatch(lock -> lock.startsWith(mode + " ")))
        .findFirst()
        .map(mode -> mode + " " + tables(mode))
        .orElse("");
  }

  String line() {
    List<String> parts = new ArrayList<>();
    parts.add("%s %s".formatted(version.equals("R") ? script : version, kind));
    parts.add(time());
    parts.add(strongestLock());
    rows.forEach((table, touched) -> parts.add(touched + " " + table));
    parts.add(rewritten.isEmpty() ? "" : "rewrites " + String.join(", ", rewritten));
    parts.add(transactional ? "" : "not in one transaction");
    parts.removeIf(String::isEmpty);
    return String.join(" | ", parts);
  }

  private String tables(String mode) {
    return locks.stream()
        .filter(lock -> lock.startsWith(mode + " "))
        .map(lock -> lock.substring(mode.length() + 1))
        .collect(Collectors.joining(", "));
  }

  private String time() {
    long millis = took.toMillis();
    return millis < 1000 ? millis + " ms" : "%d.%d s".formatted(millis / 1000, millis / 100 % 10);
  }
}

package dev.liftoff.activities.database.rehearsal;

import dev.liftoff.database.MigrationClass;
import dev.liftoff.database.RowsTouched;
import dev.liftoff.database.Writes;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A migration of the zoo, and the verdict that is expected of it. All that is not said is empty.
 */
record Animal(
    String name,
    String setUp,
    Map<String, String> files,
    Writes writes,
    MigrationClass kind,
    List<String> locks,
    List<String> rewritten,
    Map<String, RowsTouched> rows,
    Set<String> refusals,
    Set<String> warnings) {

  /** Behind a lock that is over so soon that a look every 10 ms may miss it. */
  static final String FLEETING = "?";

  static Animal of(String name, String sql) {
    return files(name, "V2__change.sql", sql);
  }

  static Animal files(String name, String... filesAndSql) {
    Map<String, String> files = new LinkedHashMap<>();
    for (int i = 0; i < filesAndSql.length; i += 2) {
      files.put(filesAndSql[i], filesAndSql[i + 1]);
    }
    return new Animal(
        name,
        "",
        files,
        Writes.ONLINE,
        MigrationClass.EXPAND,
        List.of(),
        List.of(),
        Map.of(),
        Set.of(),
        Set.of());
  }

  Animal on(String sql) {
    return new Animal(name, sql, files, writes, kind, locks, rewritten, rows, refusals, warnings);
  }

  Animal frozen() {
    return new Animal(
        name, setUp, files, Writes.FROZEN, kind, locks, rewritten, rows, refusals, warnings);
  }

  /** The worst class of its files. */
  Animal is(MigrationClass expected) {
    return new Animal(
        name, setUp, files, writes, expected, locks, rewritten, rows, refusals, warnings);
  }

  /** Of its last file. */
  Animal locks(String... expected) {
    List<String> sorted = Arrays.stream(expected).sorted().toList();
    return new Animal(
        name, setUp, files, writes, kind, sorted, rewritten, rows, refusals, warnings);
  }

  /** What is expected where these were seen: a fleeting one may be among them. */
  List<String> locksAmong(List<String> seen) {
    return locks.stream()
        .filter(lock -> !lock.endsWith(FLEETING) || seen.contains(lock.replace(FLEETING, "")))
        .map(lock -> lock.replace(FLEETING, ""))
        .toList();
  }

  Animal rewrites(String... expected) {
    return new Animal(
        name, setUp, files, writes, kind, locks, List.of(expected), rows, refusals, warnings);
  }

  Animal rows(String table, long inserted, long updated, long deleted) {
    Map<String, RowsTouched> more = new TreeMap<>(rows);
    more.put(table, new RowsTouched(inserted, updated, deleted));
    return new Animal(name, setUp, files, writes, kind, locks, rewritten, more, refusals, warnings);
  }

  /** By exactly these rules. */
  Animal refused(String... words) {
    return new Animal(
        name, setUp, files, writes, kind, locks, rewritten, rows, Set.of(words), warnings);
  }

  /** By exactly these rules. */
  Animal warned(String... words) {
    return new Animal(
        name, setUp, files, writes, kind, locks, rewritten, rows, refusals, Set.of(words));
  }

  @Override
  public String toString() {
    return name;
  }
}

package dev.liftoff.activities.database.rehearsal;

import dev.liftoff.database.RowsTouched;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What one migration did to the copy.
 *
 * @param segment migrations of one number share a transaction, and so their locks
 * @param locks modes by the table's oid, of tables that were there before
 * @param held how long each of them was held until the migration's own end
 * @param rows by the table's oid, of all tables
 * @param lost rows that went without being deleted, by a table's oid: it was emptied
 */
record Observed(
    String version,
    String script,
    int segment,
    boolean transactional,
    Duration took,
    CopyState before,
    CopyState after,
    Map<Long, Set<String>> locks,
    Map<Long, Map<String, Duration>> held,
    Map<Long, RowsTouched> rows,
    Map<Long, Long> lost) {

  /** Until its own end; all of its time where that was not measured. */
  Duration held(long oid, String mode) {
    return held.getOrDefault(oid, Map.of()).getOrDefault(mode, took);
  }

  /** Tables of before that have other storage now, by their present name. */
  Set<String> rewritten() {
    Set<String> names = new TreeSet<>();
    before
        .tables()
        .forEach((oid, table) -> {
          Table now = after.tables().get(oid);
          if (now != null && now.storage() != table.storage()) {
            names.add(now.name());
          }
        });
    return names;
  }

  /** Such as {@code AccessExclusive public.orders}, by the name before. */
  List<String> lockLines() {
    return locks.entrySet().stream()
        .filter(each -> before.tables().containsKey(each.getKey()))
        .flatMap(
            each -> each.getValue().stream().map(mode -> mode + " " + before.name(each.getKey())))
        .sorted()
        .toList();
  }

  /** What went without being deleted counts as deleted. */
  Map<Long, RowsTouched> touched() {
    Map<Long, RowsTouched> all = new TreeMap<>(rows);
    lost.forEach((oid, more) ->
        all.merge(
            oid,
            new RowsTouched(0, 0, more),
            (one, two) ->
                new RowsTouched(one.inserted(), one.updated(), one.deleted() + two.deleted())));
    return all;
  }

  Map<String, RowsTouched> rowsByName() {
    Map<String, RowsTouched> named = new TreeMap<>();
    touched().forEach((oid, each) -> named.put(name(oid), each));
    return named;
  }

  String name(long oid) {
    return after.tables().containsKey(oid) ? after.name(oid) : before.name(oid);
  }
}

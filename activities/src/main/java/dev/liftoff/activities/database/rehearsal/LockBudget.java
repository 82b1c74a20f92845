package dev.liftoff.activities.database.rehearsal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Locks that would keep the service out for too long: database.md 4, REHEARSED. A lock is held from
 * the moment at which it was taken to the end of its transaction: what the migration did before
 * that stops nobody, and the migrations after it in the same transaction count.
 */
final class LockBudget {
  private static final long LARGE_TABLE = 10_000;
  private static final int SAFETY = 3;
  private static final Duration LONGEST = Duration.ofSeconds(2);

  /** These stop writes; AccessExclusive stops reads too. */
  private static final Set<String> STOPPING =
      Set.of("AccessExclusive", "Exclusive", "ShareRowExclusive", "Share");

  /** A lock that is held for longer than the budget allows. */
  record Excess(String script, String sentence) {}

  private LockBudget() {}

  /**
   * @param counts rows of each table by oid, as they were before
   */
  static List<Excess> excesses(List<Observed> observed, Map<Long, Long> counts) {
    List<Excess> excesses = new ArrayList<>();
    Set<String> known = new HashSet<>();
    for (int i = 0; i < observed.size(); i++) {
      Observed each = observed.get(i);
      Duration after = restOfSegment(observed, i);
      each.locks()
          .forEach((oid, modes) -> {
            long rows = counts.getOrDefault(oid, 0L);
            modes.stream()
                .filter(STOPPING::contains)
                .filter(mode -> rows > LARGE_TABLE && each.before().tables().containsKey(oid))
                .filter(mode -> known.add(each.segment() + mode + oid))
                .filter(mode -> isTooLong(each.held(oid, mode).plus(after)))
                .forEach(mode ->
                    excesses.add(excess(each, mode, oid, rows, each.held(oid, mode).plus(after))));
          });
    }
    return excesses;
  }

  private static boolean isTooLong(Duration held) {
    return held.multipliedBy(SAFETY).compareTo(LONGEST) > 0;
  }

  /** The migrations that come after it in its transaction. */
  private static Duration restOfSegment(List<Observed> observed, int from) {
    return observed.stream()
        .skip(from + 1L)
        .filter(each -> each.segment() == observed.get(from).segment())
        .map(Observed::took)
        .reduce(Duration.ZERO, Duration::plus);
  }

  private static Excess excess(Observed each, String mode, long oid, long rows, Duration held) {
    return new Excess(
        each.script(),
        "%s keeps %s on %s (%d rows) for %.1f s, %.1f s with a safety of %d, and %.0f s are allowed; make it shorter, or plan frozen writes (lock-budget)"
            .formatted(
                each.script(),
                mode,
                each.before().name(oid),
                rows,
                held.toMillis() / 1000.0,
                held.toMillis() * SAFETY / 1000.0,
                SAFETY,
                LONGEST.toMillis() / 1000.0));
  }
}

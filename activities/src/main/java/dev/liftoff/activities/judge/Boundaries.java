package dev.liftoff.activities.judge;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Which bucket boundaries tell something about latency: those that a few of the baseline's requests
 * exceed, and for a baseline that is faster than all of them the first that a user would notice.
 * Chosen once, at the start; a choice that followed the data would void the test.
 */
public final class Boundaries {
  private static final double FEWEST = 0.005;
  private static final double MOST = 0.25;

  /** Below a hundredth of a second it is the machine that differs, and no user notices. */
  private static final double LEAST_SECONDS = 0.01;

  /** What is answered within a tenth of a second feels immediate: Miller, AFIPS 1968. */
  private static final double NOTICED_SECONDS = 0.1;

  private Boundaries() {}

  /**
   * The boundaries from 10 ms on that between 0.5 and 25 % of the requests exceed; where there is
   * none, the first from 100 ms on that fewer exceed.
   *
   * @param notSlower requests of the baseline's last ten minutes by bucket boundary, cumulative as
   *     Prometheus counts them
   * @param all all requests of that time
   * @return the boundaries in rising order; empty when none fits or nothing was served
   */
  public static List<Double> from(Map<Double, Long> notSlower, long all) {
    if (all <= 0) {
      return List.of();
    }
    SortedMap<Double, Arm> slow = slow(notSlower, all);
    List<Double> few = boundaries(slow, arm -> !isRare(arm) && !isMost(arm));
    return few.isEmpty()
        ? boundaries(slow.tailMap(NOTICED_SECONDS), Boundaries::isRare).stream().limit(1).toList()
        : few;
  }

  /** Whether so few of the baseline's requests are slower that a comparison is blind there. */
  public static boolean isRare(Arm slow) {
    return slow.bad() < FEWEST * slow.requests();
  }

  private static boolean isMost(Arm slow) {
    return slow.bad() > MOST * slow.requests();
  }

  private static List<Double> boundaries(SortedMap<Double, Arm> slow, Predicate<Arm> chosen) {
    return slow.entrySet().stream()
        .filter(boundary -> chosen.test(boundary.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static SortedMap<Double, Arm> slow(Map<Double, Long> notSlower, long all) {
    SortedMap<Double, Arm> slow = new TreeMap<>();
    notSlower.forEach((boundary, faster) -> {
      if (Double.isFinite(boundary) && boundary >= LEAST_SECONDS) {
        slow.put(boundary, new Arm(all, Math.max(0, all - faster)));
      }
    });
    return slow;
  }
}

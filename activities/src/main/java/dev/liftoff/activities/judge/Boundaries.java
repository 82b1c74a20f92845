package dev.liftoff.activities.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which bucket boundaries tell something about latency: those that a few of the baseline's requests
 * exceed. Chosen once, at the start; a choice that followed the data would void the test.
 */
public final class Boundaries {
  private static final double FEWEST = 0.005;
  private static final double MOST = 0.25;

  /** Below a hundredth of a second it is the machine that differs, and no user notices. */
  private static final double LEAST_SECONDS = 0.01;

  private Boundaries() {}

  /**
   * The boundaries from 10 ms on that between 0.5 and 25 % of the requests exceed.
   *
   * @param notSlower requests of the baseline's last ten minutes by bucket boundary, cumulative as
   *     Prometheus counts them
   * @param all all requests of that time
   * @return the boundaries in rising order; empty when none fits or nothing was served
   */
  public static List<Double> from(Map<Double, Long> notSlower, long all) {
    List<Double> chosen = new ArrayList<>();
    new TreeMap<>(notSlower)
        .forEach((boundary, faster) -> {
          double slow = all == 0 ? 0 : (double) (all - faster) / all;
          if (isNoticed(boundary) && slow >= FEWEST && slow <= MOST) {
            chosen.add(boundary);
          }
        });
    return chosen;
  }

  private static boolean isNoticed(double boundary) {
    return Double.isFinite(boundary) && boundary >= LEAST_SECONDS;
  }
}

package dev.liftoff.activities.judge;

/**
 * What one side of a comparison did in one batch.
 *
 * @param requests how many requests ended
 * @param bad how many of them failed, or were too slow; never more than all of them
 */
public record Arm(long requests, long bad) {
  public static final Arm NONE = new Arm(0, 0);

  /**
   * Two counters of one scrape may be one request apart, so bad is cut to the number of requests.
   */
  public Arm {
    if (requests < 0 || bad < 0) {
      throw new IllegalArgumentException(
          "counts never go down: %d of %d requests".formatted(bad, requests));
    }
    bad = Math.min(bad, requests);
  }

  public Arm plus(Arm other) {
    return new Arm(requests + other.requests, bad + other.bad);
  }
}

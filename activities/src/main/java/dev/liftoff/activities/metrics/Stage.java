package dev.liftoff.activities.metrics;

import java.time.Instant;

/**
 * One step of the ramp as the counters see it.
 *
 * @param percent the candidate's weight
 * @param since the newest sample when it was first looked at: what was served until the one after
 *     it may still be of the weight before
 */
record Stage(int percent, Instant since) {
  boolean holds(Instant batchStart) {
    return batchStart.isAfter(since);
  }
}

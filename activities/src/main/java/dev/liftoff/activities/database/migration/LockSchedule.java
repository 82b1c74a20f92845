package dev.liftoff.activities.database.migration;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * How long each attempt of a migration waits for its locks, and how long it then stays away:
 * everybody who comes after it in the queue waits too, so the first attempts are short. The times
 * are those of database.md 5.5, after GitLab's and pgroll's.
 *
 * @param limit no attempt waits longer
 */
record LockSchedule(Duration limit) {
  private static final List<Integer> WAITS =
      List.of(200, 200, 500, 500, 1000, 1000, 2000, 2000, 2000, 2000);
  private static final long FIRST_PAUSE_MS = 100;
  private static final long LONGEST_PAUSE_MS = 30_000;

  /**
   * @param attempt from 0
   */
  Duration lockTimeout(int attempt) {
    Duration wait = Duration.ofMillis(WAITS.get(Math.min(attempt, WAITS.size() - 1)));
    return wait.compareTo(limit) < 0 ? wait : limit;
  }

  /** Between half and the whole of a time that doubles: two launches do not stay in step. */
  Duration pause(int attempt, RandomGenerator random) {
    long longest = Math.min(FIRST_PAUSE_MS << Math.min(attempt, 20), LONGEST_PAUSE_MS);
    return Duration.ofMillis(random.nextLong(longest / 2, longest + 1));
  }
}

package dev.liftoff.activities.readiness;

import dev.liftoff.probe.ProbeResult.State;

/** What a subject turned out to be; which item asked, the caller knows. */
record Seen(State state, String value, String limit) {
  static Seen pass(String value, String limit) {
    return new Seen(State.PASS, value, limit);
  }

  static Seen fail(String value, String limit) {
    return new Seen(State.FAIL, value, limit);
  }

  /** Why nothing was measured, and what to do about it. */
  static Seen noData(String why, String limit) {
    return new Seen(State.NO_DATA, why, limit);
  }

  static Seen held(boolean holds, String value, String limit) {
    return holds ? pass(value, limit) : fail(value, limit);
  }
}

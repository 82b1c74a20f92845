package dev.liftoff.activities.notify;

import java.time.Duration;

/** Why people will not see an announcement, and whether another try may help. */
final class NotSent extends Exception {
  private static final long serialVersionUID = 1;
  private static final Duration MOMENT = Duration.ofMillis(300);

  private final boolean again;
  private final Duration pause;

  private NotSent(String why, boolean again, Duration pause) {
    super(why);
    this.again = again;
    this.pause = pause;
  }

  /** Trying again would not help. */
  static NotSent ever(String why) {
    return new NotSent(why, false, MOMENT);
  }

  static NotSent now(String why) {
    return new NotSent(why, true, MOMENT);
  }

  /** It asked to be left alone for so long. */
  static NotSent before(Duration pause, String why) {
    return new NotSent(why, true, pause);
  }

  boolean again() {
    return again;
  }

  Duration pause() {
    return pause;
  }
}

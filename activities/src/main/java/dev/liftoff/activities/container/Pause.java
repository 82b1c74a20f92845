package dev.liftoff.activities.container;

import io.temporal.activity.Activity;
import java.time.Duration;

/** The time between two looks at something that changes by itself. */
final class Pause {
  private Pause() {}

  static void of(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException shutdown) {
      Thread.currentThread().interrupt();
      throw Activity.wrap(shutdown);
    }
  }
}

package dev.liftoff;

import dev.liftoff.alerts.Firing;
import java.util.List;

/** The alerts as they were seen last. */
final class AlertFacts {
  private final Runnable changed;
  private Firing firing = new Firing(List.of(), List.of(), null);

  AlertFacts(Runnable changed) {
    this.changed = changed;
  }

  void see(Firing now) {
    firing = now;
    changed.run();
  }

  Firing firing() {
    return firing;
  }
}

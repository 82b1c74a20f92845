package dev.liftoff.watch;

import dev.liftoff.Waits;
import dev.liftoff.control.Controls;
import dev.liftoff.control.Desk;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** What a milestone cannot measure is looked at again, and then a person is asked. */
public final class Unseen {
  /**
   * Pauses before a person is asked about what could not be measured: a slot that has just come
   * needs a scrape or two, a monitoring system that restarts some seconds.
   */
  private static final List<Duration> LOOK_AGAIN =
      List.of(Duration.ofSeconds(2), Duration.ofSeconds(18));

  private final Controls controls;

  public Unseen(Controls controls) {
    this.controls = controls;
  }

  /**
   * Looks until everything is seen, or a person goes on without it.
   *
   * @param what is looked at: a milestone or a step
   * @param once says what could not be measured; empty when everything was
   * @return what a person went on without; empty when everything was seen
   */
  public String ask(String what, Supplier<String> once) {
    String unseen = look(once);
    while (!unseen.isEmpty() && !accepted(what, unseen)) {
      unseen = look(once);
    }
    return unseen;
  }

  private static String look(Supplier<String> once) {
    String unseen = once.get();
    for (Duration pause : LOOK_AGAIN) {
      if (unseen.isEmpty()) {
        return unseen;
      }
      Waits.until("look again", pause, () -> false);
      unseen = once.get();
    }
    return unseen;
  }

  private boolean accepted(String what, String unseen) {
    Desk desk = controls.desk();
    desk.holdItself(
        "%s could not be measured: %s; resume looks again, promote goes on without it"
            .formatted(what, unseen));
    desk.promotable(true);
    controls.countdown().pauseWhileHeld();
    boolean accepted = desk.isPromoted();
    desk.promotable(false);
    return accepted;
  }
}

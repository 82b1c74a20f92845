package dev.liftoff.control;

import dev.liftoff.Waits;
import dev.liftoff.board.Board;
import dev.liftoff.timeline.TimelineEntry.Kind;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Whether the clock of a launch is stopped, and by whom. */
final class Holding {
  private final Board board;
  private @Nullable String by;
  private boolean itself;

  Holding(Board board) {
    this.board = board;
  }

  boolean isOn() {
    return by != null;
  }

  String by() {
    return String.valueOf(by);
  }

  /** Since the hold that is on now; zero when none is. */
  Duration lasted() {
    Instant since = board.clock.heldSince();
    return since == null ? Duration.ZERO : Duration.between(since, Waits.now());
  }

  void stop(String who) {
    by = who;
    board.hold(Waits.now(), who);
  }

  void go() {
    by = null;
    itself = false;
    board.resume(Waits.now());
  }

  /**
   * The launch holds itself, because it must not go on without a person. A person's hold stays a
   * person's; of its own reasons the last one is shown.
   */
  void stopItself(String reason) {
    if (by == null || itself) {
      String who = "liftoff: " + reason;
      itself = true;
      if (by == null) {
        stop(who);
      } else {
        by = who;
        board.heldBy(who);
      }
    }
    board.tell(Kind.COMMAND, "liftoff", "hold: " + reason);
  }

  /** A person's hold stays. */
  void goIfItself() {
    if (itself) {
      go();
    }
  }
}

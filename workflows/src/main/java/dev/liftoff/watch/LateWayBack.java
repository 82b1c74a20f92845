package dev.liftoff.watch;

import dev.liftoff.Halt;
import dev.liftoff.Revision;
import dev.liftoff.board.Standing;
import dev.liftoff.control.Controls;
import dev.liftoff.database.WayBack.Human;
import dev.liftoff.database.WayBack.Reached;
import dev.liftoff.notify.Announcement.Severity;
import dev.liftoff.notify.Occasion;
import dev.liftoff.timeline.TimelineEntry.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * The way back after T+30. New rows grow with every minute, and an old version that was never seen
 * to read such rows is sent to them only by a human.
 */
public final class LateWayBack {
  private final Controls controls;
  private final Standing standing;

  public LateWayBack(Controls controls) {
    this.controls = controls;
    standing = controls.board().database.standing;
  }

  /** The end of the easy way back, for everybody to read. */
  public void begin() {
    standing.enter(Reached.SETTLING);
    String title = "T+30: the easy way back ends";
    List<String> facts = new ArrayList<>(List.of("traffic can still go back, rows are kept"));
    if (controls.board().hasDatabase()) {
      facts.add("way back of the database from now on: " + standing.wayBack().sentence());
    }
    controls.board().tell(Kind.MILESTONE, "liftoff", title + ": " + String.join("; ", facts));
    controls.announcer().announce(Occasion.VALIDATED, Severity.INFORMATION, title, facts);
  }

  /** What would have rolled back holds instead, where only a human may decide it. */
  public void asking(Runnable look) {
    try {
      look.run();
    } catch (Halt halt) {
      if (!asksAbout(halt.reason())) {
        throw halt;
      }
      controls.countdown().pauseWhileHeld();
    }
  }

  /** True when the launch is held now, and waits for {@code rollback} or {@code resume}. */
  boolean asksAbout(String reason) {
    if (!controls.board().hasDatabase()
        || standing.wayBack().human() != Human.DECIDES
        || !Revision.WAY_BACK.isOn()) {
      return false;
    }
    String question =
        reason
            + "; the easy way back has ended and the old version was never tried on the new schema:"
            + " rollback brings traffic back, resume goes on";
    controls.desk().holdItself(question);
    controls
        .announcer()
        .announce(Occasion.ASKING, Severity.CRITICAL, "ROLL BACK?", List.of(question));
    return true;
  }
}

package dev.liftoff;

import dev.liftoff.board.Checkpoints;
import dev.liftoff.container.Slot;
import dev.liftoff.control.Controls;
import dev.liftoff.notify.Announcement.Severity;
import dev.liftoff.notify.Occasion;
import dev.liftoff.plan.Durations;
import dev.liftoff.report.StatusReport;
import dev.liftoff.watch.WatchedThings;
import java.util.ArrayList;
import java.util.List;

/** The reviews after a day and after two: declared stable, or looked at again at a checkpoint. */
final class Reviews {
  private final Controls controls;
  private final WatchedThings things;
  private final Checkpoints checkpoints;

  Reviews(Controls controls, WatchedThings things) {
    this.controls = controls;
    this.things = things;
    checkpoints = controls.board().checkpoints;
  }

  /** Returns on a go; each extension before it adds a checkpoint. */
  void review(Milestone milestone, Slot candidate) {
    controls.countdown().reach(milestone);
    things.look(milestone, candidate);
    if (!controls.countdown().asks(milestone)) {
      controls.announcer().tell(Occasion.REVIEW, "REVIEW at " + milestone, facts());
    }
    controls.countdown().gate(milestone);
    while (checkpoints.isPending()) {
      extended(milestone);
      controls.countdown().reachCheckpoint();
      things.look(milestone, candidate);
      controls.countdown().gate(milestone);
    }
  }

  private List<String> facts() {
    List<String> facts = new ArrayList<>();
    facts.add(
        controls.plan().service()
            + " "
            + controls.plan().version()
            + " serves; no gate, nobody is asked");
    facts.addAll(StatusReport.summary(controls.board().dossier()));
    return facts;
  }

  private void extended(Milestone milestone) {
    controls
        .announcer()
        .announce(
            Occasion.REVIEW,
            Severity.INFORMATION,
            "EXTENDED until " + checkpoints.label(),
            List.of(
                milestone + " asks again at " + checkpoints.due(),
                "by " + checkpoints.by(),
                "until then the guard goes on and the old version stays ready",
                "left to extend: " + Durations.text(checkpoints.left())));
  }
}

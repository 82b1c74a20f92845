package dev.liftoff;

import dev.liftoff.control.Controls;
import dev.liftoff.control.StuckUndo;
import dev.liftoff.plan.Durations;
import dev.liftoff.timeline.TimelineEntry.Kind;
import java.time.Duration;
import java.util.List;

/**
 * What a person must have seen before a launch that went back is over: a migration that PostgreSQL
 * does not roll back as a whole failed, so something may be left of it. Asked after all undos,
 * since the service works meanwhile; and no longer than the plan's {@code limits.hold}, since the
 * next launch waits for this one's end.
 */
final class Acknowledgement {
  private static final String NAME = "acknowledge the migration that failed";

  private final Controls controls;

  Acknowledgement(Controls controls) {
    this.controls = controls;
  }

  /**
   * Nothing where nothing is to be acknowledged.
   *
   * @return what was left as it is, a sentence each
   */
  List<String> run() {
    if (!controls.board().database.standing.isToAcknowledge() || !Revision.ACKNOWLEDGED.isOn()) {
      return List.of();
    }
    Duration limit = controls.plan().limits().hold();
    StuckUndo asked = controls.desk().stuck();
    asked.ask(NAME);
    controls
        .countdown()
        .askForHelp(
            "a migration that is not transactional failed; the service works as before. Look at what is left of it, such as an invalid index: decide retry when it is repaired, skip to leave it; nobody is asked any more after limits.hold, %s"
                .formatted(Durations.text(limit)),
            asked::isDecided,
            limit);
    controls.board().rollingBack("the way back ends after the question of '" + NAME + "'");
    boolean answered = asked.isDecided();
    boolean repaired = asked.take();
    return repaired ? told("it is repaired, a human said so") : left(answered, limit);
  }

  private List<String> told(String how) {
    controls.board().tell(Kind.UNDO, "liftoff", NAME + ": " + how);
    return List.of();
  }

  private List<String> left(boolean answered, Duration limit) {
    String sentence =
        NAME
            + (answered
                ? ": a human leaves it as it is"
                : ": nobody did within limits.hold, %s".formatted(Durations.text(limit)));
    controls.board().tell(Kind.TROUBLE, "liftoff", sentence);
    return List.of(sentence);
  }
}

package dev.liftoff;

import dev.liftoff.compatibility.CompatibilitySpec;
import dev.liftoff.compatibility.Compatible;
import dev.liftoff.compatibility.Trial;
import dev.liftoff.container.Image;
import dev.liftoff.control.Controls;
import dev.liftoff.database.DatabaseSpec;

/** Old version, new version and old version again on the schema that the launch brings. */
final class Trials {
  private final Controls controls;

  Trials(Controls controls) {
    this.controls = controls;
  }

  /** Nothing where the plan does not say how they are tried. */
  void prove(Survey survey, Image image, DatabaseSpec database, String copy) {
    CompatibilitySpec spec = controls.plan().compatibility();
    if (spec == null) {
      return;
    }
    controls.board().rollback.push("remove the containers of the trial", this::discard);
    Trial trial = new Trial(database, copy, controls.plan().container(), survey.baseline(), image);
    Compatible answer =
        controls
            .go()
            .compatibility("Try old and new version on the new schema")
            .prove(controls.id(), spec, trial);
    answer.notes().forEach(note -> controls.step("trial: " + note));
    if (!answer.compatible()) {
      throw Halt.rollback(
          "the old version is not proven to work on the new schema: "
              + String.join("; ", answer.findings()));
    }
    controls.board().database.compatible();
    controls.step(
        "old and new version work on the new schema: %d runs, %d checks; restore point at level L4"
            .formatted(
                answer.runs().size(),
                answer.runs().stream().mapToInt(run -> run.checks().size()).sum()));
  }

  private String discard() {
    controls
        .back()
        .compatibility("Undo: remove the containers of the trial")
        .discard(controls.id(), controls.plan().container());
    return "no container of a trial is left";
  }
}

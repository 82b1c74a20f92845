package dev.liftoff;

import dev.liftoff.control.Controls;
import dev.liftoff.database.DatabaseSpec;
import dev.liftoff.database.RescuePlan;
import dev.liftoff.database.Rescued;
import dev.liftoff.plan.Durations;
import dev.liftoff.timeline.TimelineEntry.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The last resort, after traffic went back: the database as it was before the migration takes the
 * live one's place, with every row that was written since. Only a human who typed the numbers
 * starts it.
 */
final class Rescues {
  private static final String NAME = "rescue the database";

  private final Controls controls;

  Rescues(Controls controls) {
    this.controls = controls;
  }

  /**
   * Nothing where nobody wanted it.
   *
   * @return what was left as it is, a sentence each
   */
  List<String> run() {
    DatabaseSpec spec = controls.plan().database();
    if (spec == null || !controls.desk().rescue().isWanted()) {
      return List.of();
    }
    RescuePlan plan = plan(spec);
    if (!plan.possible()) {
      return left("it is not possible: " + String.join("; ", plan.obstacles()));
    }
    return approved(plan) ? carryOut(spec, plan) : left("nobody typed the numbers, it was skipped");
  }

  private RescuePlan plan(DatabaseSpec spec) {
    RescuePlan plan =
        controls
            .back()
            .database("Undo: plan the rescue", spec.backupLimit())
            .planRescue(controls.id(), spec);
    List<String> lines = lines(plan);
    controls.board().database.rescue(lines);
    lines.forEach(line -> controls.step("rescue: " + line));
    return plan;
  }

  private boolean approved(RescuePlan plan) {
    controls.desk().askNumbers(NAME, plan.code());
    controls
        .countdown()
        .askForHelp(
            "to rescue the database type its numbers, '%s', with rescue; or decide skip"
                .formatted(plan.code()),
            controls.desk()::hasNumbers);
    controls.board().rollingBack("the way back goes on after the question of a rescue");
    var _ = controls.desk().stuck().take();
    return controls.desk().rescue().isTyped();
  }

  private List<String> carryOut(DatabaseSpec spec, RescuePlan plan) {
    Duration limit = spec.backupLimit().plus(spec.migration().freezeLimit());
    Rescued rescued =
        controls
            .back()
            .database("Undo: rescue the database", limit)
            .rescue(controls.id(), spec, plan, controls.desk().rescue().numbers());
    if (!rescued.rescued()) {
      return left(String.join("; ", rescued.findings()));
    }
    controls
        .board()
        .tell(
            Kind.UNDO,
            "liftoff",
            "%s: done, the service was kept out for %s; the migrated database stays as %s"
                .formatted(NAME, Durations.text(rescued.downtime()), rescued.kept()));
    return List.of();
  }

  private List<String> left(String why) {
    String sentence = NAME + ": " + why + "; the live database is as it was";
    controls.board().tell(Kind.TROUBLE, "liftoff", sentence);
    return List.of(sentence);
  }

  private static List<String> lines(RescuePlan plan) {
    List<String> lines = new ArrayList<>();
    plan.rows()
        .forEach((table, rows) ->
            lines.add(
                "%s: %d inserted, %d updated, %d deleted since the migration are taken along"
                    .formatted(table, rows.inserted(), rows.updated(), rows.deleted())));
    if (!plan.notRepresentable().isEmpty()) {
      lines.add(
          "not in the old schema, kept in %s: %s"
              .formatted(
                  plan.kept(),
                  plan.notRepresentable().entrySet().stream()
                      .map(each -> each.getValue() + " of " + each.getKey())
                      .collect(Collectors.joining(", "))));
    }
    lines.add("the service would be kept out for about " + Durations.text(plan.downtime()));
    lines.addAll(plan.notes());
    lines.addAll(plan.obstacles());
    return lines;
  }
}

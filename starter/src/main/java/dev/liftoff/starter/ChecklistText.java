package dev.liftoff.starter;

import dev.liftoff.checklist.ItemsPage;
import dev.liftoff.checklist.ReadinessSummary;
import dev.liftoff.checklist.ReadinessView;
import dev.liftoff.checklist.Score;
import dev.liftoff.gate.Role;
import java.util.ArrayList;
import java.util.List;

/** The screens of a checklist. */
final class ChecklistText {
  private ChecklistText() {}

  static List<String> of(ReadinessView view, Paint paint) {
    ReadinessSummary summary = view.summary();
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s   readiness %s, bar %s"
            .formatted(
                paint.bold(view.launch().toString()),
                summary.ready() ? paint.good(summary.sentence()) : paint.bad(summary.sentence()),
                Score.text(summary.bar())));
    lines.add(
        "  as of %s, measured %s"
            .formatted(
                summary.asOf() == null ? "never" : Times.second(summary.asOf()),
                view.examinedAt() == null ? "never" : Times.second(view.examinedAt())));
    if (view.warning() != null) {
      lines.add("  " + paint.bad(view.warning()));
    }
    view.blocked().forEach(reason -> lines.add("  " + paint.bad("✖") + " " + reason));
    summary.waived().forEach(waived -> lines.add("  " + paint.bad("WAIVED") + " " + waived));
    if (!view.reach().isEmpty()) {
      lines.add("  to reach " + Score.text(summary.bar()) + ": " + view.reach());
    }
    lines.add("");
    view.areas().forEach(area -> lines.add("  " + area(area)));
    view.open()
        .forEach(
            open -> lines.add("  open, " + open.owner() + ": " + String.join(", ", open.items())));
    view.signOffs().forEach(line -> lines.add("  sign-off " + line));
    return lines;
  }

  static List<String> of(List<ItemsPage.Line> items, Role role, Paint paint) {
    if (items.isEmpty()) {
      return List.of("Nothing is open for " + role + ".");
    }
    List<String> lines = new ArrayList<>();
    for (ItemsPage.Line line : items) {
      lines.add(
          "%s %s%s  %s: %s"
              .formatted(
                  paint.bold(line.item().id()),
                  line.item().question(),
                  line.blocks() ? paint.bad(" (critical)") : "",
                  line.state(),
                  line.because()));
      if (!line.item().how().isEmpty()) {
        lines.add("    how: " + line.item().how());
      }
      if (!line.item().why().isEmpty()) {
        lines.add("    why: " + line.item().why());
      }
    }
    return lines;
  }

  private static String area(Score.Area area) {
    return "%-16s %4s   %d pass, %d deviations, %d open, %d not applicable"
        .formatted(
            area.name(),
            Score.text(area.tenths()),
            area.passed(),
            area.deviations(),
            area.open(),
            area.leftOut());
  }
}

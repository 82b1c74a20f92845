package dev.liftoff;

import dev.liftoff.gate.Texts;
import dev.liftoff.status.ActionItem;
import dev.liftoff.status.Exposure;
import dev.liftoff.timeline.TimelineEntry;
import dev.liftoff.timeline.TimelineEntry.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The facts that a retrospective begins with. */
final class Retrospective {
  private static final int MOST_FACTS = 100;
  private static final int LONGEST_FACT = 300;

  private Retrospective() {}

  static List<String> facts(
      List<TimelineEntry> timeline, @Nullable Exposure exposure, List<ActionItem> open) {
    List<String> facts = new ArrayList<>();
    facts.add("the document with the facts: liftoff retrospective, or the query retrospective");
    open.stream()
        .map(action -> Texts.cut("to do: " + action, LONGEST_FACT))
        .limit(MOST_FACTS)
        .forEach(facts::add);
    if (exposure != null) {
      facts.add(exposure.sentence());
      facts.addAll(exposure.lines());
    }
    for (Kind kind : Kind.values()) {
      long times = timeline.stream().filter(entry -> entry.kind() == kind).count();
      if (times > 0) {
        facts.add(times + " x " + Word.of(kind));
      }
    }
    timeline.stream()
        .filter(entry -> entry.kind() == Kind.TROUBLE || entry.kind() == Kind.DECISION)
        .map(entry -> Texts.cut(entry.clock() + " " + entry.text(), LONGEST_FACT))
        .limit(MOST_FACTS)
        .forEach(facts::add);
    return facts;
  }
}

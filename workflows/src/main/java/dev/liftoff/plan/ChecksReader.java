package dev.liftoff.plan;

import dev.liftoff.Milestone;
import dev.liftoff.probe.Check;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Reads the checks of a plan, those of the milestones and those of each step of the ramp. */
final class ChecksReader {
  /** The key of what is checked after each soak. */
  private static final String STEP = "step";

  private final Section checks;
  private final Map<String, List<Check>> read;

  ChecksReader(Section root) {
    checks = root.section("checks");
    read =
        root.map(
            "checks", ChecksReader::key, (section, key) -> section.list(key, CheckReader::read));
    read.forEach(this::consistent);
  }

  Map<Milestone, List<Check>> ofMilestones() {
    Map<Milestone, List<Check>> milestones = new TreeMap<>();
    read.forEach((key, list) -> {
      if (!key.equals(STEP)) {
        milestones.put(Milestone.of(key), list);
      }
    });
    return milestones;
  }

  List<Check> ofEachStep() {
    return read.getOrDefault(STEP, List.of());
  }

  private static String key(String text) {
    return text.equals(STEP) ? text : Milestone.of(text).word();
  }

  private void consistent(String key, List<Check> list) {
    if (!key.equals(STEP) && !Consistency.CHECKED.contains(Milestone.of(key))) {
      checks.problem(key, "has no checks; " + Consistency.CHECKED + " and step have");
      return;
    }
    Set<String> names = new HashSet<>();
    for (int i = 0; i < list.size(); i++) {
      if (list.get(i) instanceof Check.Container container) {
        container(key, key + "[" + i + "]", container, names);
      }
    }
  }

  private void container(String key, String path, Check.Container check, Set<String> names) {
    if (key.equals(Milestone.PREFLIGHT.word())) {
      checks.problem(
          path + ".type",
          "must not be container: images are pinned after preflight; container checks run from health on");
    }
    if (!names.add(check.name())) {
      checks.problem(
          path + ".name", "must differ from the other containers here, was '" + check.name() + "'");
    }
  }

  /** Every check that is a container, wherever it runs, each name once. */
  static List<Check> containers(Map<Milestone, List<Check>> milestones, List<Check> steps) {
    Map<String, Check> byName = new TreeMap<>();
    List<Check> all = new ArrayList<>(steps);
    milestones.values().forEach(all::addAll);
    all.stream()
        .filter(Check.Container.class::isInstance)
        .forEach(check -> byName.put(check.name(), check));
    return List.copyOf(byName.values());
  }
}

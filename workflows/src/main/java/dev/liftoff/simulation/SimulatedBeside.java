package dev.liftoff.simulation;

import dev.liftoff.LaunchId;
import dev.liftoff.database.GivenUp;
import dev.liftoff.database.Tidied;
import dev.liftoff.plan.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What launches keep beside the database. Its time is that which the test says. */
final class SimulatedBeside {
  private final Map<String, LaunchId> scratch = new TreeMap<>();
  private final Map<String, LaunchId> twins = new TreeMap<>();
  private final Map<String, Boolean> kept = new TreeMap<>();
  private final Map<LaunchId, Boolean> restorePoints = new java.util.HashMap<>();
  private boolean keepIsOver;

  static String keptAs(LaunchId launch) {
    return "shop__post_" + SimulatedMigrations.hash(launch);
  }

  void scratch(LaunchId launch) {
    scratch.put("liftoff_scratch_" + launch.asFileName(), launch);
  }

  void discardScratch(LaunchId launch) {
    scratch.values().removeIf(launch::equals);
  }

  boolean hasScratch() {
    return !scratch.isEmpty();
  }

  void twin(LaunchId launch) {
    twins.put("liftoff_twin_" + launch.asFileName(), launch);
  }

  /** Its twin is live now, and what was live is kept. */
  void exchange(LaunchId launch) {
    twins.values().removeIf(launch::equals);
    kept.put(keptAs(launch), false);
  }

  void saved(LaunchId launch) {
    restorePoints.putIfAbsent(launch, false);
  }

  void timeIsOver() {
    keepIsOver = true;
  }

  Set<String> names() {
    Set<String> names = new TreeSet<>(scratch.keySet());
    names.addAll(twins.keySet());
    names.addAll(kept.keySet());
    restorePoints.keySet().forEach(launch -> names.add("backup " + launch));
    return names;
  }

  Tidied sweep(LaunchId launch) {
    List<String> removed = new ArrayList<>();
    remove(scratch, launch, removed, "scratch database ");
    remove(twins, launch, removed, "twin ");
    if (keepIsOver) {
      kept.entrySet().stream()
          .filter(Map.Entry::getValue)
          .forEach(each -> removed.add("database " + each.getKey()));
      kept.values().removeIf(Boolean::booleanValue);
      restorePoints.forEach((each, settled) -> {
        if (settled && !each.equals(launch)) {
          removed.add("restore point of the launch " + each);
        }
      });
      restorePoints.entrySet().removeIf(each -> each.getValue() && !each.getKey().equals(launch));
    }
    return new Tidied(removed, kept.keySet().stream().map(name -> "database " + name).toList());
  }

  Tidied settle(LaunchId launch) {
    restorePoints.replaceAll((_, _) -> true);
    List<String> removed = new ArrayList<>();
    twins.forEach((name, of) -> {
      if (of.equals(launch)) {
        removed.add("twin " + name);
      }
    });
    twins.values().removeIf(launch::equals);
    Tidied rest = sweep(launch);
    removed.addAll(rest.removed());
    return new Tidied(removed, rest.kept());
  }

  GivenUp discard(String name, Duration keep) {
    if (!kept.containsKey(name)) {
      return new GivenUp(false, name + " is no database that a launch put aside");
    }
    kept.put(name, true);
    return new GivenUp(true, "database " + name + " goes in " + Durations.text(keep));
  }

  private static void remove(
      Map<String, LaunchId> of, LaunchId but, List<String> removed, String what) {
    of.entrySet()
        .removeIf(each -> {
          boolean over = !each.getValue().equals(but);
          if (over) {
            removed.add(what + each.getKey());
          }
          return over;
        });
  }
}

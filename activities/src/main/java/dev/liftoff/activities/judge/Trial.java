package dev.liftoff.activities.judge;

import java.util.Map;
import java.util.TreeMap;

/**
 * One metric in one batch, both sides from the same scrape.
 *
 * @param candidate all of the candidate
 * @param baseline all of the baseline
 * @param groups the baseline again, cut into pods or groups of pods that each serve about as much
 *     as the candidate; empty where pods are not told apart
 */
public record Trial(Arm candidate, Arm baseline, Map<String, Arm> groups) {
  public Trial {
    groups = groups == null ? Map.of() : new TreeMap<>(groups);
  }

  public Trial(Arm candidate, Arm baseline) {
    this(candidate, baseline, Map.of());
  }

  public Trial plus(Trial later) {
    Map<String, Arm> sum = new TreeMap<>(groups);
    later.groups.forEach((name, arm) -> sum.merge(name, arm, Arm::plus));
    return new Trial(candidate.plus(later.candidate), baseline.plus(later.baseline), sum);
  }
}

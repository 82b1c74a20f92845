package dev.liftoff.activities.metrics;

import dev.liftoff.activities.judge.Calibration;
import dev.liftoff.activities.judge.Past;
import dev.liftoff.metrics.JudgeSpec;
import dev.liftoff.metrics.SlotSelector;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * The pods of the baseline that can play the candidate: those of now that were there long ago.
 *
 * @param label what tells them apart
 * @param now how many there are now
 * @param groups those that were there at the beginning of the length; at most nine, judge.md 3.3
 * @param length how far back they go
 */
record Crowd(String label, int now, List<String> groups, Duration length) {
  private static final int FEWEST = 3;
  private static final int MOST = 9;
  private static final Duration SHORTEST = Duration.ofHours(1);
  private static final Duration ROUND = Duration.ofMinutes(5);

  /** Looks back as far as three pods of now go; the older a pod, the more it has to tell. */
  static Crowd of(History history, SlotSelector requests, JudgeSpec spec, Duration staleAfter)
      throws History.Unreadable {
    Set<String> now = history.groups(requests, spec.groups(), Duration.ZERO, staleAfter);
    if (now.isEmpty()) {
      throw new History.Unreadable("no fresh sample of " + requests.metric());
    }
    for (Duration length = spec.history();
        now.size() >= FEWEST && length.compareTo(SHORTEST) >= 0;
        length = shorter(length)) {
      Set<String> then =
          history.groups(requests, spec.groups(), length.minus(staleAfter), staleAfter);
      List<String> both = now.stream().filter(then::contains).limit(MOST).toList();
      if (both.size() >= FEWEST) {
        return new Crowd(spec.groups(), now.size(), both, length);
      }
    }
    return new Crowd(spec.groups(), now.size(), List.of(), Duration.ZERO);
  }

  /** Enough pods, and enough history of them. */
  boolean isEnough() {
    return !groups.isEmpty();
  }

  /** Enough pods, with or without history. */
  boolean isMany() {
    return now >= FEWEST;
  }

  Past failures(PastCounts counts) {
    return counts.failures(groups, length);
  }

  Past slower(String boundary, PastCounts counts) {
    return counts.slower(boundary, groups, length);
  }

  String audit(Calibration chosen) {
    if (chosen.placebos() > 0) {
      return chosen.audit();
    }
    return "%s, not calibrated: %s"
        .formatted(
            chosen.method(),
            isMany()
                ? "%d groups by the label %s, but %d of them are not an hour old"
                    .formatted(now, label, now)
                : "%d group%s by the label %s, %d needed"
                    .formatted(now, now == 1 ? "" : "s", label, FEWEST));
  }

  private static Duration shorter(Duration length) {
    long rounds = length.multipliedBy(3).dividedBy(4).dividedBy(ROUND);
    return ROUND.multipliedBy(rounds);
  }
}

package dev.liftoff.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the judge counts in one launch, learned from the history of the service.
 *
 * @param lines what was chosen and why, for the timeline and the status
 * @param judge what the judge remembers of it; nobody else reads it. Null where nothing was learned
 */
public record Calibrated(List<String> lines, @Nullable JsonNode judge) {
  /** Nobody asked, because nothing is to be learned. */
  public static final Calibrated NOTHING = new Calibrated(List.of(), null);

  public Calibrated {
    lines = List.copyOf(lines);
    judge = judge == null || judge.isNull() ? null : judge;
  }

  /** The judge is as cautious as with a service that nobody knows. */
  public static Calibrated unknown(String why) {
    return new Calibrated(
        List.of("not calibrated, so the judge is cautious (one batch of 60 s is one vote): " + why),
        null);
  }

  /** What the first window begins with. */
  public WatchState state() {
    return WatchState.EMPTY.judged(judge);
  }
}

package dev.liftoff.checklist;

import dev.liftoff.LaunchId;
import java.time.Instant;
import java.util.List;

/**
 * How a checklist stands, small enough for every status: what the list tells its launch.
 *
 * @param number of the last examination that the launch asked for and that is answered; the first
 *     is 1
 * @param tenths the score: 86 is 8.6 of 10
 * @param ready the score is at the bar, nothing blocks, and the sign-offs are there
 * @param reasons why it is not ready, at most {@link #MOST_REASONS}
 * @param waived critical items that two people let pass, loudly
 * @param digest changes with the plan, the items, and what was waived or left out: who votes has
 *     seen this
 * @param asOf when all of this held
 */
public record ReadinessSummary(
    LaunchId launch,
    long number,
    int tenths,
    int bar,
    boolean ready,
    List<String> reasons,
    List<String> waived,
    int passed,
    int deviations,
    int open,
    int leftOut,
    String digest,
    Instant asOf) {
  public static final int MOST_REASONS = 5;

  public ReadinessSummary {
    reasons = reasons == null ? List.of() : List.copyOf(reasons);
    waived = waived == null ? List.of() : List.copyOf(waived);
  }

  /** Such as {@code 8.6 of 10 (141 pass, 2 deviations, 1 open)}. */
  public String sentence() {
    return "%s of 10 (%d pass, %d deviation%s, %d open%s)%s"
        .formatted(
            Score.text(tenths),
            passed,
            deviations,
            deviations == 1 ? "" : "s",
            open,
            leftOut == 0 ? "" : ", " + leftOut + " not applicable",
            ready ? "" : ", NOT READY");
  }

  /** What an older one did not say: worth a word to the launch. */
  boolean tellsMoreThan(ReadinessSummary told) {
    return number != told.number || ready != told.ready || (ready && !digest.equals(told.digest));
  }
}

package dev.liftoff.checklist;

import dev.liftoff.LaunchId;
import dev.liftoff.gate.Role;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a checklist stands, small enough for every status: what the list tells its launch.
 *
 * @param number of the last examination that the launch asked for and that is answered; the first
 *     is 1, and 0 says that none is answered
 * @param tenths the score: 86 is 8.6 of 10
 * @param ready the score is at the bar, nothing blocks, and the sign-offs are there
 * @param reasons why it is not ready, at most {@link #MOST_REASONS}
 * @param waived critical items that two people let pass, loudly
 * @param digest changes with the plan, the items, and what was waived or left out: who votes has
 *     seen this
 * @param asOf when all of this held; null before the list has answered
 * @param critical the items that block whatever the score is, at most {@link #MOST_CRITICAL}
 * @param unsigned the roles whose sign-off is missing
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
    @Nullable Instant asOf,
    List<String> critical,
    List<Role> unsigned) {
  public static final int MOST_REASONS = 5;

  /** It goes into the history of the launch with each word of the list. */
  public static final int MOST_CRITICAL = 20;

  public ReadinessSummary {
    reasons = reasons == null ? List.of() : List.copyOf(reasons);
    waived = waived == null ? List.of() : List.copyOf(waived);
    critical = critical == null ? List.of() : List.copyOf(critical);
    unsigned = unsigned == null ? List.of() : List.copyOf(unsigned);
  }

  /** Before the list has said anything: nothing is known, so nothing is ready. */
  public static ReadinessSummary unanswered(LaunchId launch, int bar) {
    return new ReadinessSummary(
        launch,
        0,
        0,
        bar,
        false,
        List.of("the checklist has not answered yet"),
        List.of(),
        0,
        0,
        0,
        0,
        "",
        null,
        List.of(),
        List.of());
  }

  /** What was known of a list that is gone: not ready, and why. */
  public ReadinessSummary lost(String why) {
    return new ReadinessSummary(
        launch,
        number,
        tenths,
        bar,
        false,
        Stream.concat(Stream.of(why), reasons.stream()).limit(MOST_REASONS).toList(),
        waived,
        passed,
        deviations,
        open,
        leftOut,
        digest,
        asOf,
        critical,
        unsigned);
  }

  /** The reasons, and always who has to sign. */
  public List<String> blocking() {
    String sign = "not signed off by " + unsigned;
    return unsigned.isEmpty() || reasons.contains(sign)
        ? reasons
        : Stream.concat(reasons.stream(), Stream.of(sign)).toList();
  }

  /** Such as {@code readiness 8.6 of 10, 2 items to go}. */
  public String brief() {
    return "readiness %s of 10, %d item%s to go%s"
        .formatted(Score.text(tenths), open, open == 1 ? "" : "s", ready ? "" : ", NOT READY");
  }

  /** Such as {@code 8.6 of 10 (141 pass, 2 deviations, 1 open)}. */
  public String sentence() {
    if (number == 0) {
      return "NOT KNOWN yet, NOT READY";
    }
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

  /** The same, and when it held. */
  public String dated() {
    return asOf == null
        ? sentence()
        : sentence() + ", as of " + asOf.truncatedTo(ChronoUnit.SECONDS);
  }

  /** What an older one did not say: worth a word to the launch. */
  boolean tellsMoreThan(ReadinessSummary told) {
    return number != told.number || ready != told.ready || (ready && !digest.equals(told.digest));
  }
}

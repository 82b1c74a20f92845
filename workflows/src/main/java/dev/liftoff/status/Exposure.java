package dev.liftoff.status;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.liftoff.metrics.Toll;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How long users met the candidate, and what it did to them. What is not known is null, and never
 * filled with a guess.
 *
 * @param begun when its first traffic was ordered
 * @param firstBad when the first request of a user failed on it; that may be a failure as the old
 *     version has them too
 * @param firstSign the first look of the trouble that led to the decision
 * @param decision when going back was decided
 * @param trafficBack when the proxy was read back without traffic on it
 * @param confirmed when the old version was seen within every limit after that
 * @param counts what was toll; null when nothing was counted
 * @param notes why something is not known, a sentence each
 */
public record Exposure(
    Moment begun,
    @Nullable Moment firstBad,
    @Nullable Moment firstSign,
    @Nullable Moment decision,
    @Nullable Moment trafficBack,
    @Nullable Moment confirmed,
    @Nullable Counts counts,
    List<String> notes) {

  /**
   * When something happened.
   *
   * @param after when it had not happened yet; null when {@code at} is exact
   * @param at when it happened, or had happened at the latest
   * @param known what it is known from
   */
  public record Moment(@Nullable Instant after, Instant at, String known) {
    public static Moment at(Instant at, String known) {
      return new Moment(null, at, known);
    }
  }

  /**
   * What the candidate has served since its first traffic.
   *
   * @param exact whether every request of the time is in it
   * @param complete whether it reaches beyond the end of the exposure
   * @param asOf the newest scrape in it
   */
  public record Counts(long requests, long failed, boolean exact, boolean complete, Instant asOf) {
    public static Counts of(Toll toll, boolean complete) {
      return new Counts(toll.requests(), toll.failed(), toll.exact(), complete, toll.asOf());
    }

    @Override
    public String toString() {
      return "%s%d requests, %d failed".formatted(exact ? "" : "about ", requests, failed);
    }
  }

  public Exposure {
    notes = notes == null ? List.of() : List.copyOf(notes);
  }

  /**
   * Such as {@code exposed 23 s, 412 requests, 57 failed; traffic back 0.4 s after the decision}.
   */
  @JsonIgnore
  public String sentence() {
    String counted = counts == null ? "requests not counted" : counts + asOf(counts);
    return "exposed %s, %s%s".formatted(length(), counted, back());
  }

  /** What happened when, a line each, in the order of the clock. */
  @JsonIgnore
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    line(lines, "first traffic", begun);
    line(lines, "first bad request", firstBad);
    line(lines, "first sign", firstSign);
    line(lines, "decision", decision);
    line(lines, "traffic back", trafficBack);
    line(lines, "confirmed", confirmed);
    lines.addAll(notes);
    return lines;
  }

  private String length() {
    return trafficBack == null
        ? "since " + begun.at()
        : seconds(Duration.between(begun.at(), trafficBack.at()));
  }

  private String asOf(Counts counted) {
    return counted.complete() || trafficBack == null ? "" : " until " + counted.asOf();
  }

  private String back() {
    return trafficBack == null || decision == null
        ? ""
        : "; traffic back %s after the decision"
            .formatted(seconds(Duration.between(decision.at(), trafficBack.at())));
  }

  private static void line(List<String> lines, String what, @Nullable Moment moment) {
    if (moment != null) {
      String when =
          moment.after() == null
              ? moment.at().toString()
              : "between " + moment.after() + " and " + moment.at();
      lines.add(what + " " + when + ": " + moment.known());
    }
  }

  private static String seconds(Duration duration) {
    double seconds = Math.max(0, duration.toMillis()) / 1000.0;
    return String.format(Locale.ROOT, seconds < 10 ? "%.1f s" : "%.0f s", seconds);
  }
}

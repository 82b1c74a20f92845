package dev.liftoff.status;

import dev.liftoff.alerts.Alert;
import dev.liftoff.alerts.Firing;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The alerts of a launch whose plan watches some, as they were seen last.
 *
 * @param state what they mean for the launch
 * @param asOf when the Alertmanager was asked last, with or without an answer; null before
 * @param aborting how many fire that no launch goes on with, silenced or not
 * @param others how many others fire
 * @param firing those that fire, the aborting ones first, at most {@link #MOST}
 * @param unseen why nobody knows; null when they were read, or not asked for yet
 * @param silences what the launch has silenced; null before, and where the plan silences nothing
 */
public record AlertsStatus(
    State state,
    @Nullable Instant asOf,
    int aborting,
    int others,
    List<Alert> firing,
    @Nullable String unseen,
    @Nullable Silences silences) {
  /** More than anybody reads; the counts tell of the rest. */
  public static final int MOST = 10;

  /** What is not asked for or not known is not quiet. */
  public enum State {
    NOT_ASKED,
    NOT_KNOWN,
    QUIET,
    /** Some fire, and none of them ends a launch. */
    OTHERS,
    /** One fires that no launch goes on with. */
    ABORT
  }

  public AlertsStatus {
    firing = firing == null ? List.of() : List.copyOf(firing);
  }

  public static AlertsStatus notAsked(@Nullable Silences silences) {
    return new AlertsStatus(State.NOT_ASKED, null, 0, 0, List.of(), null, silences);
  }

  public static AlertsStatus of(Firing seen, Instant at, @Nullable Silences silences) {
    List<Alert> firing =
        Stream.concat(seen.abort().stream(), seen.others().stream()).limit(MOST).toList();
    return new AlertsStatus(
        state(seen),
        at,
        seen.abort().size(),
        seen.others().size(),
        firing,
        seen.unseen(),
        silences);
  }

  private static State state(Firing seen) {
    if (seen.unseen() != null) {
      return State.NOT_KNOWN;
    }
    if (!seen.abort().isEmpty()) {
      return State.ABORT;
    }
    return seen.others().isEmpty() ? State.QUIET : State.OTHERS;
  }

  /** Such as {@code 1 alert fires that no launch goes on with, and 2 others}. */
  public String sentence() {
    return switch (state) {
      case NOT_ASKED -> "not asked yet";
      case NOT_KNOWN -> "NOT KNOWN: " + unseen;
      case QUIET -> "none fires";
      case OTHERS ->
          others + (others == 1 ? " fires" : " fire") + ", none of those that end a launch";
      case ABORT ->
          aborting
              + (aborting == 1 ? " fires" : " fire")
              + " that no launch goes on with"
              + (others == 0 ? "" : ", and " + others + (others == 1 ? " other" : " others"));
    };
  }

  /** The same, and when it was so. */
  public String dated() {
    return asOf == null
        ? sentence()
        : sentence() + ", as of " + asOf.truncatedTo(ChronoUnit.SECONDS);
  }

  /** One for each alert, and how many more there are. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>(firing.stream().map(Alert::sentence).toList());
    int more = aborting + others - firing.size();
    if (more > 0) {
      lines.add("and " + more + " more");
    }
    return lines;
  }

  /**
   * What a launch keeps from being told.
   *
   * @param lines one for each silence
   * @param until when they end by themselves, whatever becomes of the launch
   * @param ended when the launch ended them; null before
   * @param trouble why nobody knows whether there are any, or whether they have ended; null when
   *     all is well
   */
  public record Silences(
      List<String> lines, Instant until, @Nullable Instant ended, @Nullable String trouble) {
    public Silences {
      lines = lines == null ? List.of() : List.copyOf(lines);
    }

    /** Such as {@code 2 silences until 2026-11-20T15:30:00Z}. */
    public String sentence() {
      if (trouble != null) {
        return trouble;
      }
      Instant end = (ended == null ? until : ended).truncatedTo(ChronoUnit.SECONDS);
      String count = lines.size() + (lines.size() == 1 ? " silence" : " silences");
      return count + (ended == null ? " until " : ", ended ") + end;
    }
  }
}

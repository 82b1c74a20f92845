package dev.liftoff.status;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.liftoff.gate.Role;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Who is here, and who has the launch.
 *
 * @param briefing null where the plan asks nobody
 * @param handOver null where the plan asks nobody to take over
 * @param actions what is to be done after the launch, in the order of their numbers
 */
public record Team(
    @Nullable RollCall briefing, @Nullable HandOver handOver, List<ActionItem> actions) {

  public Team {
    actions = actions == null ? List.of() : List.copyOf(actions);
  }

  private static String second(@Nullable Instant time) {
    return time == null ? "now" : time.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** What is to be done and is not done yet. */
  public List<ActionItem> open() {
    return actions.stream().filter(action -> !action.done()).toList();
  }

  /** Somebody who said to be here, as what, and since when. */
  public record Present(Role role, String who, Instant since) {
    @Override
    public String toString() {
      return role + " " + who;
    }
  }

  /**
   * The briefing.
   *
   * @param missing roles that were asked for, and nobody has said to be
   * @param required roles without which the launch does not go on
   * @param until when the roll-call closes; null before it has begun
   * @param over nobody is asked any more
   */
  public record RollCall(
      List<Present> present,
      List<Role> missing,
      List<Role> required,
      @Nullable Instant until,
      boolean over) {
    /** Such as {@code here: commander ann, database dora; missing: on-call}. */
    @JsonIgnore
    public String sentence() {
      String here =
          present.isEmpty()
              ? "nobody is here yet"
              : "here: "
                  + present.stream().map(Present::toString).collect(Collectors.joining(", "));
      return missing.isEmpty() ? here : here + "; missing: " + words(missing);
    }

    /** The same with the hour of each. */
    @JsonIgnore
    public List<String> lines() {
      List<String> lines = new ArrayList<>();
      present.forEach(one -> lines.add(one + " is here since " + second(one.since())));
      if (!missing.isEmpty()) {
        lines.add("missing: " + words(missing));
      }
      return lines;
    }

    private static String words(List<Role> roles) {
      return roles.stream().map(Role::word).collect(Collectors.joining(", "));
    }
  }

  /** How far the hand-over is. */
  public enum HandOverState {
    /** Its hour is still to come. */
    PLANNED,
    /** Awaited. */
    OPEN,
    /** Nobody has acknowledged it in time, and somebody is called. */
    OVERDUE,
    ACKNOWLEDGED,
    /** The launch was settled, and nobody ever had. */
    NEVER
  }

  /**
   * The hand-over.
   *
   * @param to who should have it
   * @param commander who has it until then
   * @param until when it should be acknowledged; null before it has begun
   * @param by who has acknowledged it; null while nobody has
   */
  public record HandOver(
      Role to,
      HandOverState state,
      String commander,
      @Nullable Instant until,
      @Nullable String by,
      @Nullable Instant at) {
    /** Who has the launch. */
    @JsonIgnore
    public String sentence() {
      return switch (state) {
        case PLANNED -> commander + " has it; " + to + " takes over after the hand-over";
        case OPEN ->
            commander + " still has it; " + to + " has until " + second(until) + " to acknowledge";
        case OVERDUE ->
            commander + " still has it; " + to + " should have acknowledged until " + second(until);
        case ACKNOWLEDGED -> by + " (" + to + ") has it since " + second(at);
        case NEVER -> commander + " had it to the end; " + to + " never acknowledged";
      };
    }
  }
}

package dev.liftoff.status;

import dev.liftoff.Milestone;
import dev.liftoff.gate.Role;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a launch knows of its people.
 *
 * @param warning what everybody must know of those who decide, such as that nobody is verified;
 *     null when there is nothing
 * @param poll the one that is open, else the last one; null before there was any
 * @param dropped refused signals that are counted and not told: there were too many
 */
public record PeopleStatus(@Nullable String warning, @Nullable RollCall poll, long dropped) {
  public static final PeopleStatus UNKNOWN = new PeopleStatus(null, null, 0);

  /** What else is to be known of those who speak, a sentence each. */
  public List<String> remarks() {
    List<String> lines = new ArrayList<>();
    if (dropped > 0) {
      lines.add("%d more signals were refused; there are too many to tell each".formatted(dropped));
    }
    return lines;
  }

  /**
   * A poll.
   *
   * @param seal of what is voted about, see {@link dev.liftoff.gate.Seal#digest}
   * @param seats the required roles in the order of the roll call, the commander last
   */
  public record RollCall(Milestone gate, boolean open, String seal, List<Seat> seats) {
    public RollCall {
      seats = List.copyOf(seats);
    }

    public List<Role> missing() {
      return seats.stream().filter(seat -> !"go".equals(seat.answer())).map(Seat::role).toList();
    }
  }

  /**
   * A required role and what it said.
   *
   * @param answer {@code go} or {@code no-go}; null while its vote is missing
   * @param expires until when a go counts
   */
  public record Seat(
      Role role,
      @Nullable String answer,
      @Nullable String who,
      boolean verified,
      @Nullable String reason,
      @Nullable Instant at,
      @Nullable Instant expires) {

    /** Nobody has said anything as this role, or nothing that still counts. */
    public static Seat empty(Role role) {
      return new Seat(role, null, null, false, null, null, null);
    }

    /** Such as {@code database go ravi, verified}. */
    public String line() {
      return answer == null
          ? role + " is missing"
          : "%s %s by %s, %s: %s"
              .formatted(role, answer, who, verified ? "verified" : "unverified", reason);
    }
  }
}

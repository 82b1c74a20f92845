package dev.liftoff.status;

import dev.liftoff.Milestone;
import dev.liftoff.gate.Role;
import dev.liftoff.people.Loan;
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
 * @param loans roles that people have lent each other, as long as they last
 * @param asked verbs that one person asked for and that need a second one, a sentence each
 */
public record PeopleStatus(
    @Nullable String warning,
    @Nullable RollCall poll,
    long dropped,
    List<Loan> loans,
    List<String> asked) {
  public static final PeopleStatus UNKNOWN = new PeopleStatus(null, null, 0, List.of(), List.of());

  /** A launch of an older worker tells no loans. */
  public PeopleStatus {
    loans = loans == null ? List.of() : List.copyOf(loans);
    asked = asked == null ? List.of() : List.copyOf(asked);
  }

  /**
   * What else is to be known of those who speak, a sentence each.
   *
   * @param now of whoever reads it: a snapshot is as old as the last thing that happened
   */
  public List<String> remarks(Instant now) {
    List<String> lines = new ArrayList<>();
    lines.addAll(asked);
    loans.forEach(loan -> lines.add(loan.sentence(now)));
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
   * @param lent whose role it is and until when, such as {@code for ann until …}; null where it is
   *     his own
   */
  public record Seat(
      Role role,
      @Nullable String answer,
      @Nullable String who,
      boolean verified,
      @Nullable String reason,
      @Nullable Instant at,
      @Nullable Instant expires,
      @Nullable String lent) {

    /** Nobody has said anything as this role, or nothing that still counts. */
    public static Seat empty(Role role) {
      return new Seat(role, null, null, false, null, null, null, null);
    }

    /** Such as {@code database go ravi, verified}. */
    public String line() {
      return answer == null
          ? role + " is missing"
          : "%s %s by %s%s, %s: %s"
              .formatted(
                  role,
                  answer,
                  who,
                  lent == null ? "" : " " + lent,
                  verified ? "verified" : "unverified",
                  reason);
    }
  }
}

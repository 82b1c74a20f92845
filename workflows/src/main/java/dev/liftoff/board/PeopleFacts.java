package dev.liftoff.board;

import dev.liftoff.Milestone;
import dev.liftoff.gate.Poll;
import dev.liftoff.gate.Role;
import dev.liftoff.gate.Vote;
import dev.liftoff.status.PeopleStatus;
import dev.liftoff.status.PeopleStatus.RollCall;
import dev.liftoff.status.PeopleStatus.Seat;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the board shows of those who decide. */
public final class PeopleFacts {
  private final Runnable changed;
  private @Nullable String warning;
  private @Nullable Milestone gate;
  private @Nullable Poll poll;
  private @Nullable RollCall last;
  private final TwoPersons twoPersons = new TwoPersons();
  private final Loans loans;
  private long dropped;

  PeopleFacts(Runnable changed) {
    this.changed = changed;
    loans = new Loans(changed);
  }

  public TwoPersons twoPersons() {
    return twoPersons;
  }

  public Loans loans() {
    return loans;
  }

  public void warn(@Nullable String of) {
    warning = of;
    changed.run();
  }

  /** Many can come at once: who looks at the status sees how many. */
  public void drop() {
    dropped++;
  }

  public void polling(Milestone milestone, Poll opened) {
    gate = milestone;
    poll = opened;
    changed.run();
  }

  /** What was said stays to be seen. */
  public void polled(Instant now) {
    if (gate != null && poll != null) {
      last = rollCall(gate, poll, now, false);
    }
    poll = null;
    changed.run();
  }

  PeopleStatus status(Instant now) {
    return new PeopleStatus(
        warning,
        gate == null || poll == null ? last : rollCall(gate, poll, now, true),
        dropped,
        loans.open(now),
        twoPersons.waiting(now));
  }

  private static RollCall rollCall(Milestone gate, Poll poll, Instant now, boolean open) {
    return new RollCall(
        gate,
        open,
        poll.seal().digest(),
        poll.required().stream().map(role -> seat(poll, role, now)).toList());
  }

  private static Seat seat(Poll poll, Role role, Instant now) {
    return poll.vote(role, now).map(vote -> seat(poll, vote)).orElseGet(() -> Seat.empty(role));
  }

  private static Seat seat(Poll poll, Vote vote) {
    return new Seat(
        vote.role(),
        vote.go() ? "go" : "no-go",
        vote.who(),
        vote.verified(),
        vote.reason(),
        vote.at(),
        vote.go() ? poll.expiry(vote) : null,
        vote.lent());
  }
}

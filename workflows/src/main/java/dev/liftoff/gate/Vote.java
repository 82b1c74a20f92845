package dev.liftoff.gate;

import dev.liftoff.plan.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a role said in a poll.
 *
 * @param verified who it is from is proven
 * @param lent whose role it is and until when; null where it is his own
 * @param ends when the loan does by which it was said; null where it does not count by one
 */
public record Vote(
    Role role,
    String who,
    boolean go,
    String reason,
    boolean verified,
    Instant at,
    @Nullable String lent,
    @Nullable Instant ends) {

  static Vote of(Ballot ballot, Instant now, boolean loansEnd) {
    return new Vote(
        ballot.role(),
        ballot.who(),
        ballot.go(),
        ballot.reason(),
        ballot.verified(),
        now,
        ballot.lent(),
        loansEnd ? ballot.lentUntil() : null);
  }

  /** The same by a loan that was given anew, for a longer or a shorter time. */
  Vote lentAgain(String remark, Instant until) {
    return new Vote(role, who, go, reason, verified, at, remark, until);
  }

  /** A no-go never wears off. */
  boolean counts(Instant now, Duration life) {
    return !go || now.isBefore(expiry(life));
  }

  Instant expiry(Duration life) {
    Instant old = at.plus(life);
    return ends != null && ends.isBefore(old) ? ends : old;
  }

  /** Why it does not count any more, once its {@link #expiry} is over. */
  String isOver(Duration life) {
    return expiry(life).equals(ends) ? "the loan has ended" : "older than " + Durations.text(life);
  }

  /** Names are typed by people. */
  boolean isBy(String person) {
    return who.strip().toLowerCase(Locale.ROOT).equals(person.strip().toLowerCase(Locale.ROOT));
  }

  String sentence() {
    return "%s of %s (%s)"
        .formatted(go ? "go" : "no-go", role, lent == null ? who : who + " " + lent);
  }
}

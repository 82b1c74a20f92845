package dev.liftoff.gate;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a role said in a poll.
 *
 * @param verified who it is from is proven
 * @param lent whose role it is and until when; null where it is his own
 */
public record Vote(
    Role role,
    String who,
    boolean go,
    String reason,
    boolean verified,
    Instant at,
    @Nullable String lent) {

  static Vote of(Ballot ballot, Instant now) {
    return new Vote(
        ballot.role(),
        ballot.who(),
        ballot.go(),
        ballot.reason(),
        ballot.verified(),
        now,
        ballot.lent());
  }

  /** A no-go never wears off. */
  boolean counts(Instant now, Duration life) {
    return !go || now.isBefore(at.plus(life));
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

package dev.liftoff.gate;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An answer in a poll, before it counts.
 *
 * @param verified who it is from is proven
 * @param seal what the voter has seen, by {@link Seal#digest}; null for whatever it is
 * @param lent whose role it is and until when; null where it is his own
 * @param lentUntil when the loan ends; null where it is his own
 */
public record Ballot(
    Role role,
    String who,
    boolean go,
    String reason,
    boolean verified,
    @Nullable String seal,
    @Nullable String lent,
    @Nullable Instant lentUntil) {
  public Ballot(
      Role role, String who, boolean go, String reason, boolean verified, @Nullable String seal) {
    this(role, who, go, reason, verified, seal, null, null);
  }
}

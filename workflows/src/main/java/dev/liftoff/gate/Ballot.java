package dev.liftoff.gate;

import org.jspecify.annotations.Nullable;

/**
 * An answer in a poll, before it counts.
 *
 * @param verified who it is from is proven
 * @param seal what the voter has seen, by {@link Seal#digest}; null for whatever it is
 */
public record Ballot(
    Role role, String who, boolean go, String reason, boolean verified, @Nullable String seal) {}

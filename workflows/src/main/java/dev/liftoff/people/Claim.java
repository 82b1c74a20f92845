package dev.liftoff.people;

import dev.liftoff.gate.Proof;

/**
 * What somebody says to be, and what shows it.
 *
 * @param text what must have been signed, see {@link SignedText}: made by the launch of what
 *     arrived, so that nothing in it can differ from what is carried out
 */
public record Claim(String who, String role, String text, Proof proof) {}

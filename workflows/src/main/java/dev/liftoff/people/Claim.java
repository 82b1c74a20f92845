package dev.liftoff.people;

import dev.liftoff.gate.Proof;
import org.jspecify.annotations.Nullable;

/**
 * What somebody says to be, and what shows it.
 *
 * @param text what must have been signed, see {@link SignedText}: made by the launch of what
 *     arrived, so that nothing in it can differ from what is carried out
 * @param loan by which this person may act in the role where it is not his own; null for none
 */
public record Claim(String who, String role, String text, Proof proof, @Nullable Loan loan) {
  public Claim(String who, String role, String text, Proof proof) {
    this(who, role, text, proof, null);
  }
}

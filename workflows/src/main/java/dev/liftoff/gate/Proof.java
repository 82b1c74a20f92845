package dev.liftoff.gate;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What shows who a message is from, as it arrived. It holds a signature and no secret.
 *
 * @param kind how it is to be checked; {@code token} is the one that there is
 * @param v version of the signed text, {@code 1}
 * @param id of the key
 * @param issuedAt an instant; {@code expires} too
 * @param nonce taken once in a launch
 * @param signature of {@link dev.liftoff.people.SignedText}, in base64
 */
public record Proof(
    @Nullable String kind,
    @Nullable String v,
    @Nullable String id,
    @Nullable String issuedAt,
    @Nullable String expires,
    @Nullable String nonce,
    @Nullable String signature) {

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static Proof read(JsonNode json) {
    return new Proof(
        Texts.text(json, "kind"),
        Texts.text(json, "v"),
        Texts.text(json, "id"),
        Texts.text(json, "issuedAt"),
        Texts.text(json, "expires"),
        Texts.text(json, "nonce"),
        Texts.text(json, "signature"));
  }

  /** The proof of a message; null when it has none. */
  public static @Nullable Proof of(JsonNode message) {
    JsonNode proof = message.get("proof");
    return proof == null || proof.isNull() ? null : read(proof);
  }

  /** Something is missing of which every kind has need. */
  public boolean lacksSomething() {
    return Stream.of(kind, v, id, issuedAt, expires, nonce, signature)
        .anyMatch(part -> part == null);
  }

  /** It says that it ended before; false where it says no instant. */
  public boolean isOver(Instant now) {
    try {
      return !Instant.parse(String.valueOf(expires)).isAfter(now);
    } catch (DateTimeParseException noInstant) {
      return false;
    }
  }

  /** The same, signed. */
  public Proof signed(String base64) {
    return new Proof(kind, v, id, issuedAt, expires, nonce, base64);
  }
}

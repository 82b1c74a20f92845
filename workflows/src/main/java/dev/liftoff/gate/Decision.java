package dev.liftoff.gate;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * An answer at a gate, as it was typed: whatever JSON arrives is read, and what is wrong with it is
 * said by the launch, so that no message is lost for its form.
 *
 * @param launch the whole launch id, so that yesterday's answer cannot open today's gate
 * @param gate the milestone whose gate it answers
 * @param answer {@code go} or {@code no-go}
 * @param who a person
 * @param role what that person is in this launch
 * @param reason why, in a sentence
 * @param seal what the sender has seen of the launch, see {@link Seal}; null to decide on whatever
 *     it is
 * @param proof null from somebody who shows none
 */
public record Decision(
    @Nullable String launch,
    @Nullable String gate,
    @Nullable String answer,
    @Nullable String who,
    @Nullable String role,
    @Nullable String reason,
    @Nullable String seal,
    @Nullable Proof proof) {

  private static final Decision EMPTY = new Decision(null, null, null, null, null, null);

  public Decision(
      @Nullable String launch,
      @Nullable String gate,
      @Nullable String answer,
      @Nullable String who,
      @Nullable String role,
      @Nullable String reason) {
    this(launch, gate, answer, who, role, reason, null, null);
  }

  /** The same by somebody who has seen this. */
  public Decision seeing(@Nullable String seen) {
    return new Decision(launch, gate, answer, who, role, reason, seen, proof);
  }

  /** The same with a proof of who it is from. */
  public Decision by(Proof shown) {
    return new Decision(launch, gate, answer, who, role, reason, seal, shown);
  }

  /** A message without any content is one in which everything is missing. */
  public static Decision of(@Nullable Decision typed) {
    return typed == null ? EMPTY : typed;
  }

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static Decision read(JsonNode json) {
    return new Decision(
        Texts.text(json, "launch"),
        Texts.text(json, "gate"),
        Texts.text(json, "answer"),
        Texts.text(json, "who"),
        Texts.text(json, "role"),
        Texts.text(json, "reason"),
        Texts.text(json, "seal"),
        Proof.of(json));
  }
}

package dev.liftoff.gate;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * What somebody tells a launch to do, as it was typed. Read as tolerantly as a {@link Decision}.
 *
 * @param launch the launch id where the sender wants to be sure; null for whichever launch runs
 *     here
 * @param numbers those of a rescue's plan, typed by whoever approves it
 * @param database the kept database that {@code discard} gives up, by its name
 * @param step the undo that {@code retry} and {@code skip} mean, by its name; null for the one that
 *     waits
 */
public record Command(
    @Nullable String launch,
    @Nullable String who,
    @Nullable String role,
    @Nullable String reason,
    @Nullable String step,
    @Nullable String numbers,
    @Nullable String database) {

  private static final Command EMPTY = new Command(null, null, null, null, null);

  public Command(
      @Nullable String launch,
      @Nullable String who,
      @Nullable String role,
      @Nullable String reason,
      @Nullable String step) {
    this(launch, who, role, reason, step, null, null);
  }

  public Command(
      @Nullable String launch,
      @Nullable String who,
      @Nullable String role,
      @Nullable String reason,
      @Nullable String step,
      @Nullable String numbers) {
    this(launch, who, role, reason, step, numbers, null);
  }

  /** A message without any content is one in which everything is missing. */
  public static Command of(@Nullable Command typed) {
    return typed == null ? EMPTY : typed;
  }

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static Command read(JsonNode json) {
    return new Command(
        Texts.text(json, "launch"),
        Texts.text(json, "who"),
        Texts.text(json, "role"),
        Texts.text(json, "reason"),
        Texts.text(json, "step"),
        Texts.text(json, "numbers"),
        Texts.text(json, "database"));
  }
}

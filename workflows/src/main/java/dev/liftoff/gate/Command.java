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
 * @param duration how much longer {@code extend} lets a step soak, such as {@code 30m}
 * @param owner who does what {@code action} asks for
 * @param due until when, such as {@code 2026-12-01}
 * @param done the number of the action item that is done
 * @param channel the kind of channel that {@code mute} and {@code unmute} mean, such as {@code
 *     slack}; for {@code resend} the name of the only channel that it is for
 * @param message the name of the message that {@code resend} tells again
 * @param step the undo that {@code retry} and {@code skip} mean, by its name; null for the one that
 *     waits
 * @param to who gets the role that {@code lend} gives
 * @param until when a role that is lent comes back, an instant; {@code now} takes it back
 * @param proof null from somebody who shows none
 * @param seen the digest of the plan that {@code amend} wants to change, so that of two people who
 *     amend the same plan only the first one does
 * @param plan the whole plan as it should be, for {@code amend}
 */
public record Command(
    @Nullable String launch,
    @Nullable String who,
    @Nullable String role,
    @Nullable String reason,
    @Nullable String step,
    @Nullable String numbers,
    @Nullable String database,
    @Nullable String duration,
    @Nullable String owner,
    @Nullable String due,
    @Nullable String done,
    @Nullable String to,
    @Nullable String until,
    @Nullable String channel,
    @Nullable String message,
    @Nullable Proof proof,
    @Nullable String seen,
    @Nullable JsonNode plan) {

  private static final Command EMPTY = new Command(null, null, null, null, null);

  public Command(
      @Nullable String launch,
      @Nullable String who,
      @Nullable String role,
      @Nullable String reason,
      @Nullable String step) {
    this(launch, who, role, reason, step, null);
  }

  public Command(
      @Nullable String launch,
      @Nullable String who,
      @Nullable String role,
      @Nullable String reason,
      @Nullable String step,
      @Nullable String numbers) {
    this(
        launch, who, role, reason, step, numbers, null, null, null, null, null, null, null, null,
        null, null, null, null);
  }

  /** The same for a soak that is extended by so much. */
  public Command lasting(@Nullable String time) {
    return new Command(
        launch, who, role, reason, step, numbers, database, time, owner, due, done, to, until,
        channel, message, proof, seen, plan);
  }

  /** The same for this kept database. */
  public Command of(@Nullable String kept) {
    return new Command(
        launch, who, role, reason, step, numbers, kept, duration, owner, due, done, to, until,
        channel, message, proof, seen, plan);
  }

  /** The same for an action item: a new one for somebody, or the one with this number. */
  public Command item(@Nullable String somebody, @Nullable String by, @Nullable String finished) {
    return new Command(
        launch, who, role, reason, step, numbers, database, duration, somebody, by, finished, to,
        until, channel, message, proof, seen, plan);
  }

  /** The same for a role that is lent to somebody until then. */
  public Command lending(@Nullable String somebody, @Nullable String end) {
    return new Command(
        launch, who, role, reason, step, numbers, database, duration, owner, due, done, somebody,
        end, channel, message, proof, seen, plan);
  }

  /** The same for messages: on this channel, and this one; null where it is about none. */
  public Command about(@Nullable String where, @Nullable String what) {
    return new Command(
        launch, who, role, reason, step, numbers, database, duration, owner, due, done, to, until,
        where, what, proof, seen, plan);
  }

  /** The same for whoever wants to be sure of the launch. */
  public Command in(String id) {
    return new Command(
        id, who, role, reason, step, numbers, database, duration, owner, due, done, to, until,
        channel, message, proof, seen, plan);
  }

  /** The same with a proof of who it is from. */
  public Command by(Proof shown) {
    return new Command(
        launch, who, role, reason, step, numbers, database, duration, owner, due, done, to, until,
        channel, message, shown, seen, plan);
  }

  /** The same with a plan in place of the one that was seen. */
  public Command amending(@Nullable String digest, JsonNode asked) {
    return new Command(
        launch, who, role, reason, step, numbers, database, duration, owner, due, done, to, until,
        channel, message, proof, digest, asked);
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
        Texts.text(json, "database"),
        Texts.text(json, "duration"),
        Texts.text(json, "owner"),
        Texts.text(json, "due"),
        Texts.text(json, "done"),
        Texts.text(json, "to"),
        Texts.text(json, "until"),
        Texts.text(json, "channel"),
        Texts.text(json, "message"),
        Proof.of(json),
        Texts.text(json, "seen"),
        object(json.get("plan")));
  }

  private static @Nullable JsonNode object(@Nullable JsonNode json) {
    return json == null || !json.isObject() ? null : json;
  }
}

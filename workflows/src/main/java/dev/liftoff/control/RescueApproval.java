package dev.liftoff.control;

import static dev.liftoff.Refusals.when;

import dev.liftoff.board.Board;
import dev.liftoff.gate.Command;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A rescue moves a database, so it is asked for twice: once to have it planned, and once by typing
 * the numbers of the plan.
 */
public final class RescueApproval {
  private final Board board;
  private boolean wanted;
  private @Nullable String code;
  private @Nullable String typed;

  RescueApproval(Board board) {
    this.board = board;
  }

  public boolean isWanted() {
    return wanted;
  }

  void want() {
    wanted = true;
  }

  /** From here on the numbers of this plan are waited for. */
  void ask(String numbers) {
    code = numbers;
    typed = null;
  }

  boolean isAsked() {
    return code != null && typed == null;
  }

  void type(Command command) {
    typed = plain(command.numbers());
  }

  public boolean isTyped() {
    return typed != null;
  }

  public String numbers() {
    return String.valueOf(typed);
  }

  /** Why no rescue can be begun now. */
  Optional<String> impossible() {
    return when(
        !board.database.standing.canBeRescued(),
        "there is nothing to rescue: the service does not write on a migrated schema; use rollback,"
            + " which keeps every row, and retry or skip where the way back waits for a human");
  }

  Optional<String> refusal(Command command) {
    String given = plain(command.numbers());
    return when(
        !given.equals(code),
        given.isEmpty()
            ? "numbers are missing: type those of the rescue's plan, as the status shows them"
            : "the plan has other numbers than '%s': read them again".formatted(given));
  }

  private static String plain(@Nullable String numbers) {
    return numbers == null ? "" : numbers.strip().replaceAll("[\\s,]+", " ");
  }
}

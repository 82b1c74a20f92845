package dev.liftoff.control;

import static dev.liftoff.Refusals.when;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The undo that cannot finish without a person, if any, and what was decided about it. */
public final class StuckUndo {
  private @Nullable String name;
  private @Nullable Boolean retry;
  private boolean twin;

  public void ask(String undo) {
    name = undo;
    retry = null;
  }

  @Nullable String name() {
    return name;
  }

  boolean isAsked() {
    return name != null && retry == null;
  }

  public boolean isDecided() {
    return retry != null;
  }

  String retry() {
    retry = true;
    return "tries again: " + name;
  }

  /** Tries again, with the twin in the place of the database that is held. */
  String takeTwin() {
    twin = true;
    retry = true;
    return "the twin of before the migration is put back";
  }

  String skip() {
    retry = false;
    return "left behind: " + name;
  }

  /** Whether it is tried again. */
  public boolean take() {
    boolean again = Boolean.TRUE.equals(retry);
    name = null;
    retry = null;
    return again;
  }

  public boolean takesTwin() {
    boolean wanted = twin;
    twin = false;
    return wanted;
  }

  Optional<String> refusal(@Nullable String step) {
    return isAsked()
        ? when(step != null && !step.equals(name), "the undo that waits is '" + name + "'")
        : Optional.of("no undo waits for a decision");
  }
}

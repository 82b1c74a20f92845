package dev.liftoff.board;

import dev.liftoff.Reasons;
import dev.liftoff.status.LaunchStatus.Undo;
import dev.liftoff.status.LaunchStatus.UndoState;
import io.temporal.failure.TemporalFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The way back: undos, registered before the steps they undo and run last first. Not Temporal's
 * {@code Saga}, which does nothing once the workflow is cancelled and can only swallow a failure or
 * stop at it.
 */
public final class Rollback {
  private final List<Step> steps = new ArrayList<>();
  private final Runnable changed;
  private final Consumer<String> tell;

  /** Asks a human about an undo that could not finish. */
  public interface Human {
    /** Blocks until somebody decided; true to try again, false to leave it behind. */
    boolean retry(String undo, String reason);
  }

  private static final class Step {
    final String name;
    final Supplier<String> action;
    UndoState state = UndoState.ARMED;
    String result = "";

    Step(String name, Supplier<String> action) {
      this.name = name;
      this.action = action;
    }
  }

  Rollback(Runnable changed, Consumer<String> tell) {
    this.changed = changed;
    this.tell = tell;
  }

  /**
   * Register before the step runs: a step that timed out may still have happened.
   *
   * @param action says in words what it did; a repetition, and running it when nothing was done,
   *     must be harmless
   */
  public void push(String name, Supplier<String> action) {
    steps.add(new Step(name, action));
    changed.run();
  }

  /** The point of no return. */
  void discard() {
    steps.removeIf(step -> step.state == UndoState.ARMED);
    changed.run();
  }

  boolean isEmpty() {
    return steps.isEmpty();
  }

  /**
   * Runs everything that is armed, last first.
   *
   * @return what was left behind, a sentence each
   */
  public List<String> run(Human human) {
    List<String> leftovers = new ArrayList<>();
    for (Step step : steps.reversed()) {
      if (!finished(step, human)) {
        leftovers.add(step.name + ": " + step.result);
      }
    }
    return leftovers;
  }

  /** Next to run first. */
  List<Undo> undos() {
    return steps.reversed().stream()
        .map(step -> new Undo(step.name, step.state, step.result))
        .toList();
  }

  private boolean finished(Step step, Human human) {
    while (true) {
      enter(step, UndoState.RUNNING, "");
      try {
        enter(step, UndoState.DONE, step.action.get());
        tell.accept(step.name + ": " + step.result);
        return true;
      } catch (TemporalFailure failure) {
        enter(step, UndoState.FAILED, Reasons.of(failure));
        tell.accept(step.name + " failed: " + step.result);
        if (!human.retry(step.name, step.result)) {
          enter(step, UndoState.SKIPPED, step.result);
          tell.accept(step.name + " skipped, left behind: " + step.result);
          return false;
        }
      }
    }
  }

  private void enter(Step step, UndoState state, String result) {
    step.state = state;
    step.result = result;
    changed.run();
  }
}

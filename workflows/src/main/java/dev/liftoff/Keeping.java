package dev.liftoff;

import dev.liftoff.control.Controls;
import dev.liftoff.database.Database;
import dev.liftoff.database.DatabaseSpec;
import dev.liftoff.database.GivenUp;
import dev.liftoff.database.Tidied;
import dev.liftoff.gate.Command;
import dev.liftoff.timeline.TimelineEntry.Kind;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.Workflow;
import java.util.Queue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What launches keep beside the database, and until when. What cannot be tidied away is told, and
 * fails nothing.
 */
final class Keeping {
  private final Controls controls;
  private final @Nullable DatabaseSpec database;
  private final Queue<Command> discards;

  Keeping(Controls controls) {
    this.controls = controls;
    database = controls.plan().database();
    discards = controls.desk().discards();
  }

  /** Before a launch begins, what earlier ones left goes; those of its place are over. */
  void sweep() {
    tidy(
        "Remove what earlier launches left",
        spec ->
            port(controls.go(), "Remove what earlier launches left").sweep(controls.id(), spec));
  }

  /** From now on the restore point has its time, and the twin is no way back any more. */
  void settle() {
    tidy(
        "Give up what the launch kept",
        spec -> port(controls.go(), "Give up what the launch kept").settle(controls.id(), spec));
  }

  /** Beside the launch, as long as it runs. */
  void listen() {
    Workflow.newDetachedCancellationScope(
            () -> {
              var _ = Async.procedure(this::takeDiscards);
            })
        .run();
  }

  boolean isIdle() {
    return discards.isEmpty();
  }

  private void takeDiscards() {
    while (true) {
      Workflow.await(() -> !discards.isEmpty());
      giveUp(discards.element());
      discards.remove();
    }
  }

  private void giveUp(Command command) {
    DatabaseSpec spec = database;
    if (spec == null) {
      return;
    }
    try {
      GivenUp answer =
          port(controls.back(), "Give up " + command.database())
              .discard(controls.id(), spec, String.valueOf(command.database()));
      controls
          .board()
          .tell(answer.accepted() ? Kind.STEP : Kind.REFUSED, "liftoff", answer.sentence());
    } catch (ActivityFailure failure) {
      controls
          .board()
          .tell(Kind.TROUBLE, "liftoff", "nothing was given up: " + Reasons.of(failure));
    }
  }

  private void tidy(String what, Function<DatabaseSpec, Tidied> step) {
    DatabaseSpec spec = database;
    if (spec == null || !Revision.RETENTION.isOn()) {
      return;
    }
    try {
      Tidied tidied = step.apply(spec);
      tidied.removed().forEach(each -> controls.step("removed: " + each));
      tidied.kept().forEach(each -> controls.step("kept: " + each));
    } catch (ActivityFailure failure) {
      if (failure.getCause() instanceof CanceledFailure cancelled) {
        throw cancelled;
      }
      controls.board().tell(Kind.TROUBLE, "liftoff", what + ", not done: " + Reasons.of(failure));
    }
  }

  private Database port(Stubs stubs, String summary) {
    return stubs.database(summary, controls.plan().limits().step());
  }
}

package dev.liftoff.board;

import static org.assertj.core.api.Assertions.assertThat;

import dev.liftoff.status.LaunchStatus.Undo;
import dev.liftoff.status.LaunchStatus.UndoState;
import io.temporal.failure.ApplicationFailure;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RollbackTest {
  private final List<String> told = new ArrayList<>();
  private final List<String> done = new ArrayList<>();
  private final Rollback rollback = new Rollback(() -> {}, told::add);

  @Test
  void undosRunLastFirst() {
    undo("first");
    undo("second");

    List<String> leftovers = rollback.run((_, _) -> false);

    assertThat(done).containsExactly("second", "first");
    assertThat(leftovers).isEmpty();
    assertThat(told).containsExactly("second: done", "first: done");
  }

  @Test
  void theNextUndoIsShownFirst() {
    undo("first");
    undo("second");

    assertThat(rollback.undos())
        .containsExactly(
            new Undo("second", UndoState.ARMED, ""), new Undo("first", UndoState.ARMED, ""));
  }

  @Test
  void anUndoIsRepeatedUntilItSucceeds() {
    failing("stubborn", 3);

    List<String> leftovers = rollback.run((_, _) -> true);

    assertThat(leftovers).isEmpty();
    assertThat(told).hasSize(4).last().isEqualTo("stubborn: done");
  }

  @Test
  void anUndoThatIsLeftBehindDoesNotStopTheOthers() {
    undo("first");
    failing("stubborn", 9);
    undo("last");

    List<String> leftovers = rollback.run((_, _) -> false);

    assertThat(leftovers).containsExactly("stubborn: not now");
    assertThat(done).containsExactly("last", "first");
    assertThat(rollback.undos().get(1))
        .isEqualTo(new Undo("stubborn", UndoState.SKIPPED, "not now"));
  }

  @Test
  void nothingIsUndoneBeyondThePointOfNoReturn() {
    undo("first");

    rollback.discard();

    assertThat(rollback.run((_, _) -> false)).isEmpty();
    assertThat(done).isEmpty();
    assertThat(rollback.undos()).isEmpty();
  }

  private void undo(String name) {
    rollback.push(
        name,
        () -> {
          done.add(name);
          return "done";
        });
  }

  private void failing(String name, int times) {
    int[] left = {times};
    rollback.push(
        name,
        () -> {
          if (left[0]-- > 0) {
            throw ApplicationFailure.newFailure("not now", "X");
          }
          return "done";
        });
  }
}

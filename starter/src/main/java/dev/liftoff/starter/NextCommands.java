package dev.liftoff.starter;

import dev.liftoff.status.Declaring;
import dev.liftoff.status.LaunchStatus;

/** The commands that somebody who has read the status is likely to want. */
final class NextCommands {
  private final LaunchStatus status;

  private NextCommands(LaunchStatus status) {
    this.status = status;
  }

  static String of(LaunchStatus status) {
    return new NextCommands(status).text().formatted(LaunchName.of(status.launch()));
  }

  private String text() {
    return switch (status.state()) {
      case DECIDING ->
          isReview()
              ? "liftoff go %1$s | liftoff extend %1$s | liftoff no-go %1$s"
              : "liftoff go %1$s | liftoff no-go %1$s | liftoff hold %1$s";
      case HELD -> held();
      case NEEDS_HUMAN -> needed();
      case WORKING, WAITING, SOAKING -> "liftoff hold %1$s | liftoff rollback %1$s";
      case ROLLING_BACK -> "liftoff watch %1$s";
      case ENDED -> "liftoff timeline %1$s";
    };
  }

  /** Resuming is for whom a person has held; what holds itself says what it waits for. */
  private String held() {
    if (status.clock().heldSince() != null) {
      return "liftoff resume %1$s | liftoff rollback %1$s";
    }
    if (TeamText.isRollCallOpen(status.team())) {
      return "liftoff present %1$s --role ... | liftoff scrub %1$s";
    }
    return status.readiness() != null && !status.readiness().ready()
        ? "liftoff checklist %1$s | liftoff hold %1$s | liftoff rollback %1$s"
        : "liftoff resume %1$s | liftoff rollback %1$s";
  }

  private boolean isReview() {
    return status.awaited() != null && Declaring.go(status.awaited().gate(), status.to()) != null;
  }

  private String needed() {
    boolean goesBack =
        status.undo().stream().anyMatch(undo -> undo.state() != LaunchStatus.UndoState.ARMED);
    if (goesBack) {
      return "liftoff retry %1$s | liftoff skip %1$s";
    }
    if (status.awaited() != null) {
      return "liftoff go %1$s | liftoff no-go %1$s | liftoff rollback %1$s";
    }
    return status.clock().heldSince() != null
        ? "liftoff resume %1$s | liftoff rollback %1$s"
        : "liftoff promote %1$s | liftoff extend %1$s | liftoff rollback %1$s";
  }
}

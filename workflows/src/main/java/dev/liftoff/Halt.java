package dev.liftoff;

/**
 * Ends the runbook and starts the way back. Never leaves the workflow: an ordinary exception that
 * escapes would block it for ever.
 */
public final class Halt extends RuntimeException {
  private final Kind kind;

  /** How the launch will end. */
  enum Kind {
    SCRUB,
    ROLLBACK,
    CANCEL
  }

  private Halt(Kind kind, String reason) {
    super(reason);
    this.kind = kind;
  }

  public static Halt scrub(String reason) {
    return new Halt(Kind.SCRUB, reason);
  }

  public static Halt rollback(String reason) {
    return new Halt(Kind.ROLLBACK, reason);
  }

  /** Cancelled from Temporal: undone like a rollback, and ended as what it was asked to be. */
  static Halt cancel() {
    return new Halt(Kind.CANCEL, "cancelled from Temporal");
  }

  Kind kind() {
    return kind;
  }

  public String reason() {
    return String.valueOf(getMessage());
  }
}

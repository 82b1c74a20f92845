package dev.liftoff;

/** What a command can be, and what it needs. */
public enum Verb {
  HOLD(false),
  RESUME(false),
  PROMOTE(true),
  EXTEND(true),
  SCRUB(true),
  ROLLBACK(true),
  NOTE(true),
  LEND(false),
  PRESENT(false),
  ACKNOWLEDGE(false),
  ACTION(false),
  RESCUE(true),
  DISCARD(true),
  MUTE(true),
  UNMUTE(false),
  RESEND(true),
  AMEND(true),
  RETRY(false),
  SKIP(true);

  private final boolean needsReason;

  Verb(boolean needsReason) {
    this.needsReason = needsReason;
  }

  /** Holding must be the easiest thing to do, so it asks for nothing but a name. */
  public boolean needsReason() {
    return needsReason;
  }

  /**
   * Reads its word.
   *
   * @throws IllegalArgumentException naming all words when it is none of them
   */
  public static Verb of(String word) {
    return Word.read(Verb.class, word);
  }

  @Override
  public String toString() {
    return Word.of(this);
  }
}

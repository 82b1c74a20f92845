package dev.liftoff.checklist;

/** What an item counts in the score, in halves. */
public enum Standing {
  PASSED(2),
  /** Accepted by two people. */
  DEVIATION(1),
  /** Neither passed nor accepted. */
  OPEN(0),
  /** Left out of the score, by two people. */
  NOT_APPLICABLE(0),
  /** Left out of the score, by one person. */
  SAID_NOT_APPLICABLE(0);

  static final int WHOLE = 2;
  private final int halves;

  Standing(int halves) {
    this.halves = halves;
  }

  int halves() {
    return halves;
  }

  boolean isLeftOut() {
    return this == NOT_APPLICABLE || this == SAID_NOT_APPLICABLE;
  }
}

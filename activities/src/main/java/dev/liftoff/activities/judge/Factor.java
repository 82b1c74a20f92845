package dev.liftoff.activities.judge;

/** What counts as one vote against the candidate. The more is one vote, the more noise it bears. */
public enum Factor {
  /** One error: valid when errors come independently. */
  COUNT('C'),
  /** One batch: errors inside a batch may come in clumps. */
  VOTE('V'),
  /** One batch, by the candidate's rank among groups of pods: pods may differ too. */
  RANK('R');

  private final char letter;

  Factor(char letter) {
    this.letter = letter;
  }

  char letter() {
    return letter;
  }
}

package dev.liftoff.activities.database.rehearsal;

/** A rule and where it is broken. */
record Finding(Rule rule, String file, int line) {
  @Override
  public String toString() {
    return "%s, line %d: %s (%s)".formatted(file, line, rule.sentence(), rule.word());
  }
}

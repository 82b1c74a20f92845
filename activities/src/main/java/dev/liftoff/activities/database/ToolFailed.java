package dev.liftoff.activities.database;

/** A child process ended with an error, or not in time. */
final class ToolFailed extends Exception {
  private final boolean outage;

  ToolFailed(String sentence, boolean outage) {
    super(sentence);
    this.outage = outage;
  }

  /** It was killed, or the server went away: the same may succeed later. */
  boolean outage() {
    return outage;
  }

  String sentence() {
    return String.valueOf(getMessage());
  }
}

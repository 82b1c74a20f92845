package dev.liftoff.activities.database;

/** A child process ended with an error, or not in time. */
public final class ToolFailed extends Exception {
  private final boolean outage;

  public ToolFailed(String sentence, boolean outage) {
    super(sentence);
    this.outage = outage;
  }

  /** It was killed, or the server went away: the same may succeed later. */
  public boolean outage() {
    return outage;
  }

  public String sentence() {
    return String.valueOf(getMessage());
  }
}

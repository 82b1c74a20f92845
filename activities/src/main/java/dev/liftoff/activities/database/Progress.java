package dev.liftoff.activities.database;

/** How far a step is, for its heartbeats. */
public final class Progress {
  private volatile String now = "starting";

  public void report(String what) {
    now = what;
  }

  @Override
  public String toString() {
    return now;
  }
}

package dev.liftoff.activities.database;

/** How far a step is, for its heartbeats. */
public final class Progress {
  private volatile String now = "starting";
  private volatile String aside = "";

  public void report(String what) {
    now = what;
  }

  /** What is to be known beside it; empty when there is nothing any more. */
  public void aside(String what) {
    aside = what;
  }

  @Override
  public String toString() {
    return aside.isEmpty() ? now : now + ", " + aside;
  }
}

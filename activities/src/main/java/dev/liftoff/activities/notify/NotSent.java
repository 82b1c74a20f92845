package dev.liftoff.activities.notify;

/** Why people will not see an announcement. */
final class NotSent extends Exception {
  private static final long serialVersionUID = 1;

  NotSent(String why) {
    super(why);
  }
}

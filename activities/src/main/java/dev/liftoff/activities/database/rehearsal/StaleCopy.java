package dev.liftoff.activities.database.rehearsal;

/**
 * The copy is not what the live database is: an earlier rehearsal has changed it, or the live one
 * has moved. Restore it again, then repeat.
 */
public final class StaleCopy extends Exception {
  private static final long serialVersionUID = 1;

  StaleCopy(String database, String why) {
    super(
        "the copy %s %s; it must be restored again before it is rehearsed on"
            .formatted(database, why));
  }
}

package dev.liftoff.activities.database.rehearsal;

import dev.liftoff.database.MigrationClass;

/** One thing that a migration changed, and what that means for the version that runs now. */
record Change(MigrationClass kind, String what) {
  @Override
  public String toString() {
    return what;
  }
}

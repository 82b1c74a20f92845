package dev.liftoff.activities.database.backup;

import dev.liftoff.database.BackupMethod;
import dev.liftoff.database.BackupSpec;

/** Which method {@code auto} means, by size: database.md 4.1. */
public final class BackupChoice {
  private static final long LARGEST_LOGICAL = 10L * 1024 * 1024 * 1024;

  private BackupChoice() {}

  public static BackupMethod method(BackupSpec spec, long databaseBytes) {
    if (spec.method() != BackupMethod.AUTO) {
      return spec.method();
    }
    if (databaseBytes <= LARGEST_LOGICAL) {
      return BackupMethod.LOGICAL;
    }
    return spec.stanza() == null ? BackupMethod.PHYSICAL : BackupMethod.PGBACKREST;
  }
}

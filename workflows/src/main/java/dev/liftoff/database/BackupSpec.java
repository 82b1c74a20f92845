package dev.liftoff.database;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the restore point is taken.
 *
 * @param stanza the configured stanza of pgBackRest; null for the other methods
 * @param keep how long a restore point stays after its launch is settled
 */
public record BackupSpec(BackupMethod method, @Nullable String stanza, Duration keep) {
  public static final BackupSpec DEFAULT =
      new BackupSpec(BackupMethod.AUTO, null, Duration.ofDays(14));
}

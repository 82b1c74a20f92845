package dev.liftoff.activities.database;

import dev.liftoff.Word;

/**
 * What a session of a launch is for; part of its application name, so that one can be ended without
 * the others.
 */
public enum Purpose {
  READ,
  BACKUP,
  PROOF,
  FREEZE,
  RESCUE,
  MIGRATION;

  public String word() {
    return Word.of(this);
  }
}

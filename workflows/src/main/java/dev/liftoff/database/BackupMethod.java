package dev.liftoff.database;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.liftoff.Word;

/** What takes the restore point. */
public enum BackupMethod {
  /** By size, database.md 4.1: logical up to 10 GB, physical up to 200 GB, pgbackrest above. */
  AUTO,
  /** {@code pg_dump} from an exported snapshot: every table is compared after the restore. */
  LOGICAL,
  /** {@code pg_basebackup}, {@code pg_verifybackup} and a server that starts from it. */
  PHYSICAL,
  /** A configured pgBackRest, restored beside the live server. */
  PGBACKREST;

  @JsonValue
  public String word() {
    return Word.of(this);
  }

  @JsonCreator
  public static BackupMethod of(String word) {
    return Word.read(BackupMethod.class, word);
  }

  @Override
  public String toString() {
    return word();
  }
}

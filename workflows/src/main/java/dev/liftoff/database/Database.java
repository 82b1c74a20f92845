package dev.liftoff.database;

import dev.liftoff.LaunchId;
import io.temporal.activity.ActivityInterface;

/**
 * The database of the service. Every method may be repeated: a retry after a lost reply finds the
 * work done and answers the same. None of them ever restores over live data or removes a row.
 * Permanent faults: {@code DATABASE_REFUSED} (no such database, wrong credentials, tools of another
 * major version, not writable), {@code BACKUP_FAILED}, {@code MIGRATION_FAILED}, {@code
 * SECRET_UNREADABLE}.
 */
@ActivityInterface(namePrefix = "Database")
public interface Database {

  /**
   * The schema as it is, and what the migrations folder would change. Changes nothing. What a
   * command would change is known after its rehearsal, and nothing is told as pending.
   */
  SchemaState inspect(LaunchId launch, DatabaseSpec spec);

  /**
   * A restore point of this launch exists, taken from one snapshot, with its checksums. Repeating
   * after success answers the same one.
   */
  RestorePoint backUp(LaunchId launch, DatabaseSpec spec);

  /**
   * Restores the restore point into a scratch database, compares every table, and drops the scratch
   * database again.
   */
  Proof prove(LaunchId launch, DatabaseSpec spec, RestorePoint restorePoint);

  /**
   * Like {@link #prove}, but the restored copy stays until {@link #discardScratch}: the migrations
   * are rehearsed on it. Repeating finds the copy, or restores it again.
   */
  RestoredCopy proveAndKeep(LaunchId launch, DatabaseSpec spec, RestorePoint restorePoint);

  /**
   * The pending migrations have run on a restored copy of the database, which stays until {@link
   * #discardScratch}. The live database is not touched. Repeating with the same files on the same
   * schema answers the same. What the migrations would break is a refusal in the answer, not a
   * fault.
   */
  Rehearsal rehearse(LaunchId launch, DatabaseSpec spec, RestorePoint restorePoint);

  /**
   * No session but the migrating role's is in the database, and none can be opened. The rights that
   * were taken are noted before, and given back exactly by {@link #open}.
   */
  Frozen freeze(LaunchId launch, DatabaseSpec spec);

  /**
   * Beside the frozen database is a twin, equal by content. Permanent: {@code MIGRATION_FAILED}
   * when it cannot be made within the freeze's limit, or nothing is frozen.
   */
  Anchor anchor(LaunchId launch, DatabaseSpec spec);

  /**
   * The service writes on the new schema, with the rights it had; what it writes from here on can
   * be told from what was there. Repeating answers the same barrier.
   */
  Barrier open(LaunchId launch, DatabaseSpec spec);

  /**
   * The service may do again what it could before the freeze, without any barrier: the way back of
   * {@link #freeze}. Where nothing is frozen nothing is done.
   */
  void unfreeze(LaunchId launch, DatabaseSpec spec);

  /**
   * The twin is the live database again, and the service is let in; the damaged one stays beside
   * it. Only while nobody could have written since the twin was made: otherwise nothing is done,
   * and the answer says why.
   */
  Rescued putBack(LaunchId launch, DatabaseSpec spec);

  /**
   * What a rescue would do, counted while the service goes on. The live database is not changed;
   * where the migration left no twin, since the service wrote meanwhile, one is made beside it:
   * with the schema of the restore point and the live rows. Repeating counts again, with the same
   * twin.
   */
  RescuePlan planRescue(LaunchId launch, DatabaseSpec spec);

  /**
   * The database of before the migration is the live one, with every row that was written since,
   * proven by its content; the migrated one stays beside it. A proof that fails leaves the live
   * database as it was. Repeating goes on where an earlier attempt ended.
   *
   * @param typed the numbers of the plan, by a human; others change nothing
   */
  Rescued rescue(LaunchId launch, DatabaseSpec spec, RescuePlan plan, String typed);

  /**
   * All pending migrations are applied. Permanent, {@code MIGRATION_FAILED}, when what is to be
   * applied is not, byte for byte, what was rehearsed, and before anything is touched. A command is
   * never run without a rehearsal.
   */
  Migrated migrate(LaunchId launch, DatabaseSpec spec);

  /**
   * Compares the live database with what it was. New rows are expected: the old version goes on
   * serving. Changes nothing.
   */
  Integrity verify(LaunchId launch, DatabaseSpec spec, RestorePoint before);

  /**
   * What stands after a migration that failed or was called off: proves whether the schema is what
   * it was, and ends what this launch left running. Reverts nothing: an expanding change that was
   * applied stays, since the old version works with it.
   */
  SchemaState reconcile(LaunchId launch, DatabaseSpec spec);

  /** No scratch database of this launch exists. Restore points stay. */
  void discardScratch(LaunchId launch, DatabaseSpec spec);

  /**
   * Nothing is left of other launches of this service and environment, which are over, but what is
   * kept for a reason: no scratch database, no twin that never was live, no restore point whose
   * time has passed, no database that the commander gave up for so long. Only what carries the
   * label of such a launch on this very server is removed. Repeating finds nothing more.
   */
  Tidied sweep(LaunchId launch, DatabaseSpec spec);

  /**
   * The launch is settled: its twin is gone, and its restore point and those of earlier launches
   * stay as long as the plan's {@code keep}, counted from the first call. Then as {@link #sweep}.
   */
  Tidied settle(LaunchId launch, DatabaseSpec spec);

  /**
   * The commander gives up the database that a rescue or a put back kept. It is removed by the
   * first launch that begins or settles after the plan's {@code keep}, counted from the first call.
   * A database without the label of such a launch is left alone, and the answer says so.
   *
   * @param name of the kept database, as it was typed
   */
  GivenUp discard(LaunchId launch, DatabaseSpec spec, String name);
}

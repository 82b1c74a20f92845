package dev.liftoff.activities.database.rehearsal;

import dev.liftoff.Word;

/**
 * What a migration's text alone gives away: database.md 5.4. Only a hint; the rehearsal is the
 * proof. The words are stable: waivers name them.
 */
enum Rule {
  // Blocked unless a waiver covers them.
  DROP_TABLE(Weight.BLOCK, "drops a table; do it in a later launch, after this one is settled"),
  DROP_COLUMN(Weight.BLOCK, "drops a column; do it in a later launch, after this one is settled"),
  DROP_SCHEMA(Weight.BLOCK, "drops a schema; do it in a later launch, after this one is settled"),
  DROP_OWNED(Weight.BLOCK, "drops everything a role owns; name the objects one by one"),
  TRUNCATE(Weight.BLOCK, "empties a table; keep its rows, or delete them with a WHERE"),
  DELETE_WITHOUT_WHERE(Weight.BLOCK, "deletes every row; say which with a WHERE"),
  UPDATE_WITHOUT_WHERE(Weight.BLOCK, "updates every row; say which with a WHERE, in batches"),
  RENAME(Weight.BLOCK, "renames what the old version uses; add the new name beside the old one"),
  RENAME_ENUM_VALUE(Weight.BLOCK, "renames a value that the old version writes; add a new value"),
  VACUUM_FULL(Weight.BLOCK, "rewrites the table under a lock that stops everybody; use VACUUM"),
  CLUSTER(Weight.BLOCK, "rewrites the table under a lock that stops everybody; leave it out"),
  LOCK_TABLE(Weight.BLOCK, "locks a table by hand; leave it to the statements that need it"),
  DISABLE_TRIGGER(Weight.BLOCK, "disables a trigger for the old version too; leave it on"),
  CASCADE(Weight.BLOCK, "takes with it what is not named; name the objects one by one"),
  CONCURRENT_INDEX_IF_NOT_EXISTS(
      Weight.BLOCK,
      "takes half an index of an earlier failure for a whole one; leave IF NOT EXISTS out"),
  CONCURRENT_INDEX_NOT_ALONE(
      Weight.BLOCK, "builds an index concurrently among other statements; give it a file alone"),
  SESSION_REPLICATION_ROLE(
      Weight.BLOCK, "switches triggers and references off; leave session_replication_role"),

  // Blocked whatever a waiver says: they would reach beyond the copy while it is rehearsed.
  TRANSACTION_CONTROL(
      Weight.NEVER, "ends the transaction that protects the migration; leave it to the tool"),
  DROP_DATABASE(Weight.NEVER, "drops a database; no launch does that"),
  OUTSIDE_DATABASE(
      Weight.NEVER, "changes the server and not only this database; do it apart from the launch"),
  ALTER_SYSTEM(Weight.NEVER, "changes the server's settings; do it apart from the launch"),
  COPY_PROGRAM(
      Weight.NEVER, "runs a program or reads and writes files on the server; load it otherwise"),
  DROP_ROLE(Weight.NEVER, "drops a role of the whole server; do it apart from the launch"),
  ALTER_ROLE(Weight.NEVER, "changes a role of the whole server; do it apart from the launch"),

  // Told to the commander.
  INDEX_NOT_CONCURRENT(
      Weight.WARN, "stops writes while the index is built; use CREATE INDEX CONCURRENTLY"),
  CONSTRAINT_VALIDATED_AT_ONCE(
      Weight.WARN,
      "checks every row under a lock; add it NOT VALID, then VALIDATE CONSTRAINT in its own file"),
  SET_NOT_NULL(
      Weight.WARN,
      "reads every row under a lock; validate a CHECK (column IS NOT NULL) in a file before it"),
  UNIQUE_WITHOUT_INDEX(
      Weight.WARN,
      "builds its index under a lock; create it concurrently, then ADD CONSTRAINT USING INDEX"),
  VOLATILE_DEFAULT(
      Weight.WARN, "rewrites the table; add the column without the default, then fill it"),
  STORED_GENERATED(
      Weight.WARN, "rewrites the table; add a plain column, and fill it in batches or by trigger"),
  SERIAL_COLUMN(Weight.WARN, "rewrites the table; add a plain column, then its numbers"),
  TYPE_CHANGE(
      Weight.WARN, "may rewrite the table and break the old version; add a new column instead"),
  JSON_COLUMN(Weight.WARN, "has no equality, so DISTINCT and hashes of rows fail; use jsonb"),
  WIDE_INDEX(Weight.WARN, "has more than three columns; see whether fewer do"),
  REINDEX_CONCURRENTLY_WITHOUT_CONF(
      Weight.WARN,
      "cannot run in a transaction; put executeInTransaction=false into a .conf file beside it"),
  DDL_AND_DML(
      Weight.WARN, "changes schema and rows in one file; split it, so that locks are short"),
  SEVERAL_TABLES_LOCKED(
      Weight.WARN, "locks several tables in one transaction; one file for each table"),
  FOREIGN_KEY_WITHOUT_INDEX(
      Weight.WARN, "refers to another table without an index: its deletes will be slow; add one"),
  SEARCH_PATH(Weight.WARN, "changes the search path; qualify the names instead"),
  SQL_CALLBACK(
      Weight.WARN, "is a callback: it runs at every migration, without a version and unrecorded"),
  DYNAMIC_SQL(Weight.WARN, "runs SQL that it builds itself, which no rule can read");

  /** What a finding does to the launch. */
  enum Weight {
    /** Told. */
    WARN,
    /** Refused unless a waiver covers it. */
    BLOCK,
    /** Refused, and not even rehearsed. */
    NEVER
  }

  private final Weight weight;
  private final String sentence;

  Rule(Weight weight, String sentence) {
    this.weight = weight;
    this.sentence = sentence;
  }

  Weight weight() {
    return weight;
  }

  String word() {
    return Word.of(this);
  }

  String sentence() {
    return sentence;
  }
}

package dev.liftoff.checklist;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.liftoff.Word;
import org.jspecify.annotations.Nullable;

/**
 * What an automatic item of the checklist looks at. All of it is read, nothing is changed. Where
 * nothing else is said, it is about the systems that the plan names.
 */
public enum Subject {
  /** Every check of the plan with one of the names, or all of preflight where none is named. */
  PLAN_CHECKS,
  /** Certificates of the named {@code host:port} and of every https address in the plan. */
  CERTIFICATES(LimitUnit.DURATION, "90d"),
  /** The named hosts, and those of the plan, have an address. */
  DNS,
  /** Room where the worker keeps restore points, percent free; or of the named folders. */
  DISK(LimitUnit.PERCENT, "30%"),
  /** Memory of the worker's host that is available, percent. */
  MEMORY(LimitUnit.PERCENT, "10%"),
  /** This host's clock beside the database's. */
  CLOCK(LimitUnit.DURATION, "1s"),
  /** Every secret reference of the plan has a value; and the named ones. */
  SECRETS,
  /** Files behind secret references are read by their owner alone. */
  SECRET_FILES,
  /** Files that the plan saves before a launch are there and readable. */
  CONFIGURATION,
  /** Temporal's task queues have workers, the way back's too. */
  WORKERS,
  /** The container engine answers. */
  ENGINE,
  /** Room of the container engine, percent free. */
  ENGINE_DISK(LimitUnit.PERCENT, "30%"),
  /** The image is there by its digest, or the reference resolves to one. */
  IMAGE,
  /** A scanner's report without HIGH and CRITICAL findings: the named file, not older than so. */
  IMAGE_SCAN(LimitUnit.DURATION, "1d"),
  /** Nothing answers at the address that the candidate will get. */
  CANDIDATE_ADDRESS,
  /** The container that serves is running, healthy, and was not restarted. */
  BASELINE,
  /** The engine still has the image of what serves, so that the way back can start it again. */
  BASELINE_IMAGE,
  /** The proxy answers, and sends everything where its file says. */
  PROXY,
  /** The database takes writes and is not in recovery. */
  DATABASE,
  /** The named replicas stream, or at least one does. */
  REPLICAS,
  /** The farthest replica is behind by less than this. */
  REPLICATION_LAG(LimitUnit.DURATION, "5s"),
  /** WAL is archived, and the last attempt did not fail. */
  WAL_ARCHIVING,
  /** Percent of max_connections in use. */
  CONNECTIONS(LimitUnit.PERCENT, "80%"),
  /** No transaction is older than this. */
  LONG_TRANSACTIONS(LimitUnit.DURATION, "5m"),
  /** No prepared transaction waits. */
  PREPARED_TRANSACTIONS,
  /** No index is invalid. */
  INVALID_INDEXES,
  /** Age of the oldest transaction id, percent of the way to a wraparound. */
  TRANSACTION_IDS(LimitUnit.PERCENT, "25%"),
  /** No sequence has used more than this of what its column can hold, percent. */
  SEQUENCES(LimitUnit.PERCENT, "80%"),
  /** Checksums of the data are on, and none has failed. */
  CHECKSUMS,
  /** No inactive replication slot keeps WAL. */
  REPLICATION_SLOTS,
  /** The youngest restore point of this database that was proven is not older than this. */
  RESTORE_POINT(LimitUnit.DURATION, "7d"),
  /** pg_dump and pg_restore are there, and not older than the server. */
  BACKUP_TOOLS,
  /** The migrations can be read, and what was applied is unchanged. */
  MIGRATIONS,
  /** Prometheus answers and is ready. */
  PROMETHEUS,
  /** Every target of the named jobs, or of all, is scraped. */
  TARGETS,
  /** The named alert rules are loaded and evaluated without an error. */
  ALERT_RULES,
  /** No alert fires, also none that is silenced; the named ones, or any. */
  ALERTS,
  /** Every query of the plan's limits has an answer now. */
  LIMITS,
  /** The baseline has metrics of at least this time, so that there is something to compare with. */
  HISTORY(LimitUnit.DURATION, "1d"),
  /** The named channels, or all that the worker has, would take a message. */
  CHANNELS,
  /** The pager takes an event. */
  ON_CALL,
  /** The end-to-end tests of the plan pass against the version that serves. */
  END_TO_END;

  private final LimitUnit unit;
  private final @Nullable String usual;

  Subject() {
    this(LimitUnit.NONE, null);
  }

  Subject(LimitUnit unit, @Nullable String usual) {
    this.unit = unit;
    this.usual = usual;
  }

  /** What its limit is written in. */
  public LimitUnit unit() {
    return unit;
  }

  /** What it is held against where an item says nothing; null for {@link LimitUnit#NONE}. */
  public @Nullable String usualLimit() {
    return usual;
  }

  /** The name in plans and histories, such as {@code replication-lag}. */
  @JsonValue
  public String word() {
    return Word.of(this);
  }

  /**
   * Reads {@link #word}.
   *
   * @throws IllegalArgumentException naming all words when it is none of them
   */
  @JsonCreator
  public static Subject of(String word) {
    return Word.read(Subject.class, word);
  }

  @Override
  public String toString() {
    return word();
  }
}

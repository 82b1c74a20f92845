package dev.liftoff.database;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the restore point is taken. The sizes are those of database.md 4.1.
 *
 * @param stanza the configured stanza of pgBackRest; null where there is none
 * @param config pgBackRest's configuration file on the worker's host; null for its usual one
 * @param keep how long a restore point stays after its launch is settled
 * @param logicalUpTo bytes of the database up to which {@code auto} dumps it
 * @param physicalUpTo bytes up to which {@code auto} copies the server's files; above it only
 *     pgBackRest is good enough
 * @param throttle how it gives way to the service
 * @param watch whose latency it looks at; null until it is known what serves, and where there is
 *     nothing to look at
 */
public record BackupSpec(
    BackupMethod method,
    @Nullable String stanza,
    @Nullable String config,
    Duration keep,
    long logicalUpTo,
    long physicalUpTo,
    ThrottleSpec throttle,
    @Nullable LatencyWatch watch) {
  private static final long GIGABYTE = 1L << 30;
  private static final long LOGICAL_UP_TO = 10 * GIGABYTE;
  private static final long PHYSICAL_UP_TO = 200 * GIGABYTE;

  public static final BackupSpec DEFAULT =
      new BackupSpec(BackupMethod.AUTO, null, null, Duration.ofDays(14), 0, 0);

  /** What a history does not have are the sizes that there were. */
  @JsonCreator
  public BackupSpec(
      BackupMethod method,
      @Nullable String stanza,
      @Nullable String config,
      Duration keep,
      long logicalUpTo,
      long physicalUpTo,
      @Nullable ThrottleSpec throttle,
      @Nullable LatencyWatch watch) {
    this.method = method;
    this.stanza = stanza;
    this.config = config;
    this.keep = keep;
    this.logicalUpTo = logicalUpTo == 0 ? LOGICAL_UP_TO : logicalUpTo;
    this.physicalUpTo = physicalUpTo == 0 ? PHYSICAL_UP_TO : physicalUpTo;
    this.throttle = throttle == null ? ThrottleSpec.DEFAULT : throttle;
    this.watch = watch;
  }

  public BackupSpec(
      BackupMethod method,
      @Nullable String stanza,
      @Nullable String config,
      Duration keep,
      long logicalUpTo,
      long physicalUpTo) {
    this(method, stanza, config, keep, logicalUpTo, physicalUpTo, null, null);
  }

  /** The same, giving way like this. */
  public BackupSpec giving(ThrottleSpec way, @Nullable LatencyWatch looking) {
    return new BackupSpec(method, stanza, config, keep, logicalUpTo, physicalUpTo, way, looking);
  }

  /** The same by this method, with pgBackRest's stanza and configuration. */
  public BackupSpec by(BackupMethod other, @Nullable String itsStanza, @Nullable String itsConfig) {
    return new BackupSpec(
        other, itsStanza, itsConfig, keep, logicalUpTo, physicalUpTo, throttle, watch);
  }
}

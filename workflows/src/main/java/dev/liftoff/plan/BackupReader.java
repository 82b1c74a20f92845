package dev.liftoff.plan;

import dev.liftoff.database.BackupMethod;
import dev.liftoff.database.BackupSpec;
import dev.liftoff.database.ThrottleSpec;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads how the restore point of a plan is taken. */
final class BackupReader {
  private static final Duration LONGEST_KEPT = Duration.ofDays(3650);

  /** Below it a service would suffer from its own ups and downs. */
  private static final double LEAST_ABOVE = 1.1;

  private static final double MOST_ABOVE = 100;

  private BackupReader() {}

  static BackupSpec read(Section backup) {
    BackupSpec otherwise = BackupSpec.DEFAULT;
    BackupSpec spec =
        new BackupSpec(
            backup.optional("method", BackupMethod::of, otherwise.method()),
            backup.orNull("stanza", Section::notBlank),
            backup.orNull("config", PlanReader::absolutePath),
            backup.duration("keep", otherwise.keep(), Duration.ZERO, LONGEST_KEPT),
            backup.optional("logicalUpTo", Bytes::positive, otherwise.logicalUpTo()),
            backup.optional("physicalUpTo", Bytes::positive, otherwise.physicalUpTo()),
            throttle(backup.section("throttle")),
            null);
    consistent(backup, spec);
    backup.noMore();
    return spec;
  }

  private static ThrottleSpec throttle(Section throttle) {
    ThrottleSpec otherwise = ThrottleSpec.DEFAULT;
    ThrottleSpec spec =
        new ThrottleSpec(
            throttle.optional("when", ThrottleSpec.When::of, otherwise.when()),
            throttle.decimal("above", otherwise.above(), LEAST_ABOVE, MOST_ABOVE),
            throttle.optional("floor", Bytes::positive, otherwise.floor()));
    throttle.noMore();
    return spec;
  }

  private static void consistent(Section backup, BackupSpec spec) {
    boolean provides =
        spec.method() == BackupMethod.PGBACKREST || spec.method() == BackupMethod.AUTO;
    if (spec.method() == BackupMethod.PGBACKREST && spec.stanza() == null) {
      backup.problem("stanza", "is missing: it is what pgbackrest calls the server");
    }
    onlyForPgBackRest(backup, "stanza", spec.stanza(), provides);
    onlyForPgBackRest(backup, "config", spec.config(), provides && spec.stanza() != null);
    if (spec.physicalUpTo() < spec.logicalUpTo()) {
      backup.problem(
          "physicalUpTo", "must not be less than logicalUpTo: what is larger is copied up to here");
    }
  }

  private static void onlyForPgBackRest(
      Section backup, String key, @Nullable String value, boolean used) {
    if (value != null && !used) {
      backup.problem(
          key, "would not be used: it is for method pgbackrest, or auto, with a stanza; remove it");
    }
  }
}

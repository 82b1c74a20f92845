package dev.liftoff.activities.database.migration;

import dev.liftoff.FailureType;
import dev.liftoff.Payloads;
import dev.liftoff.activities.database.LaunchFolder;
import dev.liftoff.activities.database.PostgresServer;
import dev.liftoff.activities.database.Progress;
import dev.liftoff.activities.database.Purpose;
import dev.liftoff.database.Migrated;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import org.flywaydb.core.api.MigrationInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies what is pending. Ends what an earlier attempt still runs, recognises what it did, and
 * goes on from there.
 */
public record MigrationRun(Flyways flyways, LaunchFolder folder, Progress progress) {
  private static final Logger log = LoggerFactory.getLogger(MigrationRun.class);

  public Migrated apply() throws SQLException, IOException, InterruptedException {
    server().endSessions(Purpose.MIGRATION);
    try (Guard guard = Guard.hold(server(), progress)) {
      Optional<Rehearsals> rehearsed = Rehearsals.read(folder);
      return apply(
          new SegmentRun.Setting(flyways, folder, progress, guard, Ledger.of(folder), rehearsed));
    }
  }

  private Migrated apply(SegmentRun.Setting setting)
      throws SQLException, IOException, InterruptedException {
    MigrationStart start = begin(setting);
    long deadline = System.nanoTime() + server().spec().migrationLimit().toNanos();
    int left = Integer.MAX_VALUE;
    for (MigrationInfo[] pending = flyways.pending();
        pending.length > 0;
        pending = flyways.pending()) {
      if (pending.length >= left) {
        throw failed(
            pending[0].getScript()
                + " stays pending after it was applied; remove it from the folder");
      }
      left = pending.length;
      new SegmentRun(setting, Segment.firstOf(pending), start, deadline).apply();
    }
    return migrated(setting, start);
  }

  private MigrationStart begin(SegmentRun.Setting setting) throws SQLException, IOException {
    boolean first = !Files.exists(folder.migrationStart());
    if (!first && setting.rehearsed().isPresent()) {
      new Settlement(flyways, folder, setting.rehearsed().get(), setting.ledger()).settle();
    }
    flyways.requireValid();
    LiveSchema live = LiveSchema.read(server());
    if (setting.rehearsed().isPresent()) {
      requireRehearsed(setting.rehearsed().get(), live, first);
    }
    if (first) {
      folder.write(blemishes(), Payloads.mapper().writeValueAsBytes(live.blemishes()));
    }
    MigrationStart start = MigrationStart.of(folder, server());
    setting
        .ledger()
        .append(
            "migration begins",
            Map.of(
                "version", live.history().version(),
                "fingerprint", live.fingerprint(),
                "guard", setting.guard().pid(),
                "rehearsed", setting.rehearsed().isPresent()));
    return start;
  }

  private void requireRehearsed(Rehearsals rehearsed, LiveSchema live, boolean first)
      throws IOException {
    int rank = first ? live.history().lastRank() : MigrationStart.read(folder).rank();
    List<String> pending = Arrays.stream(flyways.pending()).map(MigrationInfo::getScript).toList();
    rehearsed.requireSame(flyways.migrations(), live.history().scriptsAfter(rank), pending);
    if (first) {
      rehearsed.requireSameStart(live);
    }
  }

  private Migrated migrated(SegmentRun.Setting setting, MigrationStart start)
      throws SQLException, IOException {
    LiveSchema live = LiveSchema.read(server());
    if (setting.rehearsed().isPresent()) {
      requireWhole(setting.rehearsed().get(), live);
    }
    History history = live.history();
    Migrated migrated =
        new Migrated(start.version(), history.version(), history.appliedAfter(start.rank()));
    setting
        .ledger()
        .append("migrated", Map.of("result", migrated, "fingerprint", live.fingerprint()));
    log.info(
        "database migrated launch={} from={} to={} applied={}",
        server().launch(),
        start.version(),
        migrated.versionAfter(),
        migrated.applied());
    return migrated;
  }

  private void requireWhole(Rehearsals rehearsed, LiveSchema live) throws IOException {
    if (!live.fingerprint().equals(rehearsed.lastFingerprint())) {
      throw Settlement.held("all is recorded, but the schema is not the rehearsed one", live);
    }
    SortedSet<String> fresh = live.blemishes().beyond(blemishesBefore());
    if (!fresh.isEmpty()) {
      throw Settlement.held("these are invalid or not validated now: " + fresh, live);
    }
  }

  private Blemishes blemishesBefore() throws IOException {
    return Files.exists(blemishes())
        ? Payloads.mapper().readValue(blemishes().toFile(), Blemishes.class)
        : Blemishes.NONE;
  }

  private Path blemishes() {
    return folder.path().resolve("migration-blemishes.json");
  }

  private PostgresServer server() {
    return flyways.server();
  }

  private static ApplicationFailure failed(String sentence) {
    return FailureType.MIGRATION_FAILED.permanent(sentence);
  }
}

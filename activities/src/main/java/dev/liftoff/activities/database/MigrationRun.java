package dev.liftoff.activities.database;

import dev.liftoff.FailureType;
import dev.liftoff.database.Migrated;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Applies what is pending. Finds what an earlier attempt applied, and goes on from there. */
record MigrationRun(Flyways flyways, LaunchFolder folder, Progress progress) {
  private static final Logger log = LoggerFactory.getLogger(MigrationRun.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  Migrated apply() throws SQLException, IOException, InterruptedException {
    server().endSessions(Purpose.MIGRATION);
    flyways.requireValid();
    MigrationStart start = MigrationStart.of(folder, server());
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
      apply(Segment.firstOf(pending), start, deadline);
    }
    return migrated(start);
  }

  private Migrated migrated(MigrationStart start) throws SQLException {
    History history = history();
    Migrated migrated =
        new Migrated(start.version(), history.version(), history.appliedAfter(start.rank()));
    log.info(
        "database migrated launch={} from={} to={} applied={}",
        server().launch(),
        start.version(),
        migrated.versionAfter(),
        migrated.applied());
    return migrated;
  }

  private History history() throws SQLException {
    return History.read(server());
  }

  private PostgresServer server() {
    return flyways.server();
  }

  private void apply(Segment segment, MigrationStart start, long deadline)
      throws SQLException, IOException, InterruptedException {
    Duration pause = FIRST_PAUSE;
    while (!applied(segment, start, deadline)) {
      progress.report(
          "%s gave way to the live traffic, and tries again"
              .formatted(segment.scripts().getFirst()));
      Thread.sleep(pause);
      pause =
          pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
              ? pause.multipliedBy(2)
              : LONGEST_PAUSE;
    }
  }

  /** False when it gave way to somebody's lock and there is time to try again. */
  private boolean applied(Segment segment, MigrationStart start, long deadline)
      throws SQLException, IOException {
    History before = history();
    MigrationTrace earlier = MigrationTrace.read(folder).only(before.scriptsAfter(start.rank()));
    TraceCallback trace = new TraceCallback(folder, earlier, segment, progress);
    Duration lockLimit = segment.lockLimit(server().spec().lockLimit());
    try {
      segment.limit(flyways.configuration(lockLimit)).callbacks(trace).load().migrate();
      return true;
    } catch (FlywayException failed) {
      SQLException trouble = SqlTrouble.in(failed);
      boolean gaveWay = trouble != null && SqlTrouble.gaveWay(trouble) && segment.transactional();
      if (gaveWay && System.nanoTime() < deadline) {
        return false;
      }
      throw failure(failed, trace.script(), segment, before);
    }
  }

  private ApplicationFailure failure(
      FlywayException failed, String script, Segment segment, History before) throws SQLException {
    SQLException trouble = SqlTrouble.in(failed);
    if (trouble == null) {
      String sentence = Flyways.sentence(failed);
      // Flyway's own lock: another migration runs now, and will have ended later.
      return sentence.contains("advisory lock")
          ? ApplicationFailure.newFailure(
              "another migration of this database is running: " + sentence, SqlTrouble.RETRYABLE)
          : failed(sentence);
    }
    if (SqlTrouble.isOutage(trouble)) {
      throw trouble;
    }
    return failed(
        "%s failed: %s (SQLSTATE %s); %s"
            .formatted(
                script,
                SqlTrouble.sentence(trouble),
                SqlTrouble.state(trouble),
                standing(segment, before)));
  }

  private String standing(Segment segment, History before) throws SQLException {
    if (!segment.transactional()) {
      return "it does not run in a transaction: look at what it left before you repeat it";
    }
    List<String> kept = history().appliedAfter(before.lastRank());
    return kept.isEmpty()
        ? "nothing of it was applied, the database stands at version " + before.version()
        : "applied before it and kept: " + String.join(", ", kept);
  }

  private static ApplicationFailure failed(String sentence) {
    return FailureType.MIGRATION_FAILED.permanent(sentence);
  }
}

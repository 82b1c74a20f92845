package dev.liftoff.activities.database.migration;

import dev.liftoff.FailureType;
import dev.liftoff.activities.database.LaunchFolder;
import dev.liftoff.activities.database.PostgresServer;
import dev.liftoff.activities.database.Progress;
import dev.liftoff.activities.database.SqlTrouble;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.flywaydb.core.api.FlywayException;

/** Applies one segment; gives way to the live traffic, and tries again within its budget. */
final class SegmentRun {
  /** What failed outside of a transaction is repeated so often, after its leftovers are removed. */
  private static final int MOST_REPEATS = 2;

  /** What a segment needs of the run that it is a part of. */
  record Setting(
      Flyways flyways,
      LaunchFolder folder,
      Progress progress,
      Guard guard,
      Ledger ledger,
      Optional<Rehearsals> rehearsed) {}

  private final Setting setting;
  private final Segment segment;
  private final MigrationStart start;
  private final long deadline;
  private final LiveSchema before;
  private final LockSchedule schedule;

  SegmentRun(Setting setting, Segment segment, MigrationStart start, long runDeadline)
      throws SQLException {
    this.setting = setting;
    this.segment = segment;
    this.start = start;
    Duration budget = server().spec().migration().lockBudget();
    this.deadline = Math.min(System.nanoTime() + budget.toNanos(), runDeadline);
    this.before = LiveSchema.read(server());
    this.schedule = new LockSchedule(server().spec().lockLimit());
  }

  void apply() throws SQLException, IOException, InterruptedException {
    setting
        .ledger()
        .append(
            "segment begins",
            Map.of("scripts", segment.scripts(), "fingerprint", before.fingerprint()));
    StepNote step = StepNote.before(segment, before);
    step.write(setting.folder());
    int attempt = 0;
    while (!applied(step, attempt)) {
      Duration pause = schedule.pause(attempt, ThreadLocalRandom.current());
      attempt++;
      setting
          .progress()
          .report(
              "%s gave way to the live traffic %d times, and tries again"
                  .formatted(segment.scripts().getFirst(), attempt));
      Thread.sleep(shorter(pause, Duration.ofNanos(deadline - System.nanoTime())));
    }
    LiveSchema after = requireApplied();
    setting
        .ledger()
        .append(
            "segment applied",
            Map.of(
                "scripts", segment.scripts(),
                "attempts", attempt + 1,
                "version", after.history().version(),
                "fingerprint", after.fingerprint()));
    StepNote.discard(setting.folder());
  }

  /** False when it gave way and may try again. */
  private boolean applied(StepNote step, int attempt)
      throws SQLException, IOException, InterruptedException {
    setting.guard().requireHeld();
    awaitLongTransactions();
    TraceCallback trace = trace(step);
    Duration lockLimit = segment.lockLimit(schedule.lockTimeout(attempt));
    try {
      segment
          .limit(setting.flyways().configuration(lockLimit))
          .dataSource(setting.guard().source(lockLimit))
          .callbacks(trace)
          .load()
          .migrate();
      return true;
    } catch (FlywayException failed) {
      setting.guard().requireHeld();
      afterFailure(failed, trace.script(), step, attempt);
      return false;
    }
  }

  private void awaitLongTransactions() throws SQLException, InterruptedException {
    if (segment.transactional() && setting.rehearsed().isPresent()) {
      List<String> tables = setting.rehearsed().get().tables(segment.scripts());
      new LongTransactions(server(), setting.progress()).awaitEnd(tables, deadline);
    }
  }

  private TraceCallback trace(StepNote step) throws IOException {
    List<String> recorded = before.history().scriptsAfter(start.rank());
    MigrationTrace earlier = MigrationTrace.read(setting.folder()).only(recorded);
    return new TraceCallback(setting.folder(), earlier, step, setting.guard(), setting.progress());
  }

  /** Returns only when the same may be tried again. */
  private void afterFailure(FlywayException failed, String script, StepNote step, int attempt)
      throws SQLException, IOException {
    SQLException trouble = SqlTrouble.in(failed);
    if (trouble == null) {
      throw withoutSql(failed);
    }
    if (SqlTrouble.isOutage(trouble)) {
      throw trouble;
    }
    if (setting.rehearsed().isPresent()) {
      new Leftovers(setting.flyways(), setting.ledger()).remove(step);
    }
    LiveSchema now = LiveSchema.read(server());
    boolean again = SqlTrouble.gaveWay(trouble) && now.standsAs(before) && mayRepeat(attempt);
    if (again) {
      gaveWay(script, attempt);
      return;
    }
    throw failed(
        "%s failed: %s (SQLSTATE %s); %s%s"
            .formatted(
                script,
                SqlTrouble.sentence(trouble),
                SqlTrouble.state(trouble),
                standing(now),
                blockedBy(trouble)));
  }

  private void gaveWay(String script, int attempt) throws IOException {
    setting
        .ledger()
        .append(
            "gave way",
            Map.of(
                "script",
                script,
                "attempt",
                attempt + 1,
                "to",
                Blocker.sentence(setting.guard().blockers())));
  }

  private boolean mayRepeat(int attempt) {
    return segment.transactional()
        ? System.nanoTime() < deadline
        : attempt < MOST_REPEATS && setting.rehearsed().isPresent();
  }

  private ApplicationFailure withoutSql(FlywayException failed) {
    String sentence = Flyways.sentence(failed);
    // Flyway's own lock: another migration runs now, and will have ended later.
    return sentence.contains("advisory lock")
        ? ApplicationFailure.newFailure(
            "another migration of this database is running: " + sentence, SqlTrouble.RETRYABLE)
        : failed(sentence);
  }

  private String standing(LiveSchema now) {
    if (!segment.transactional() && !(setting.rehearsed().isPresent() && now.standsAs(before))) {
      return "it does not run in a transaction: look at what it left before you repeat it";
    }
    List<String> kept = now.history().appliedAfter(before.history().lastRank());
    return kept.isEmpty()
        ? "nothing of it was applied, the database stands at version " + before.history().version()
        : "applied before it and kept: " + String.join(", ", kept);
  }

  private String blockedBy(SQLException trouble) {
    List<Blocker> blockers = setting.guard().blockers();
    return SqlTrouble.gaveWay(trouble) && !blockers.isEmpty()
        ? "; in its way: " + Blocker.sentence(blockers)
        : "";
  }

  /** Flyway's answer is not asked: the history and the catalog are. */
  private LiveSchema requireApplied() throws SQLException {
    LiveSchema now = LiveSchema.read(server());
    if (setting.rehearsed().isPresent()) {
      Rehearsals rehearsed = setting.rehearsed().get();
      List<String> recorded = now.history().scriptsAfter(start.rank());
      boolean expected =
          recorded.containsAll(segment.scripts())
              && now.fingerprint().equals(rehearsed.fingerprint(recorded.size()));
      if (!expected) {
        throw Settlement.held(
            "after %s the schema is not what the rehearsal had".formatted(segment.scripts()), now);
      }
    }
    return now;
  }

  private PostgresServer server() {
    return setting.flyways().server();
  }

  private static Duration shorter(Duration one, Duration other) {
    Duration least = one.compareTo(other) < 0 ? one : other;
    return least.isNegative() ? Duration.ZERO : least;
  }

  private static ApplicationFailure failed(String sentence) {
    return FailureType.MIGRATION_FAILED.permanent(sentence);
  }
}

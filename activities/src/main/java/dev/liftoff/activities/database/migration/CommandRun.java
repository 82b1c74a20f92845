package dev.liftoff.activities.database.migration;

import dev.liftoff.FailureType;
import dev.liftoff.activities.database.LaunchFolder;
import dev.liftoff.activities.database.PostgresServer;
import dev.liftoff.activities.database.Progress;
import dev.liftoff.activities.database.Purpose;
import dev.liftoff.activities.database.SqlTrouble;
import dev.liftoff.activities.database.migration.CommandContainer.Ran;
import dev.liftoff.activities.database.migration.CommandContainer.Use;
import dev.liftoff.activities.database.migration.CommandSettlement.Decision;
import dev.liftoff.database.Migrated;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Migrates with the service's own tool, such as {@code alembic upgrade head}. What it did is read
 * from the database, by its version query and the catalog, not from the tool's words.
 */
public final class CommandRun {
  private final CommandContainer container;
  private final LaunchFolder folder;
  private final Progress progress;
  private final Ledger ledger;

  public CommandRun(CommandContainer container, LaunchFolder folder, Progress progress) {
    this.container = container;
    this.folder = folder;
    this.progress = progress;
    this.ledger = Ledger.of(folder);
  }

  /**
   * Everything is applied; repeating finds that done. Permanent, {@code MIGRATION_FAILED}, when
   * this very command was not rehearsed, when the tool fails, when the schema is not a rehearsed
   * one, or when the tool gets no lock within the budget.
   */
  public Migrated apply() throws SQLException, IOException, InterruptedException {
    server().endSessions(Purpose.MIGRATION);
    try (Guard guard = Guard.hold(server(), progress)) {
      endLeftovers();
      return apply(guard, rehearsed());
    }
  }

  /** Nothing that an attempt of this launch began works any more; the schema is as it left it. */
  public void endLeftovers() throws SQLException, IOException, InterruptedException {
    container.discard(Use.MIGRATION);
    sessions().end();
  }

  private Migrated apply(Guard guard, RehearsedCommand rehearsed)
      throws SQLException, IOException, InterruptedException {
    boolean begun = Files.exists(folder.migrationStart());
    CommandState found = state();
    Decision decision = decision(rehearsed, begun, found);
    ledger.append(
        begun ? "reconciled" : "migration begins",
        Map.of("state", found, "decision", decision.toString(), "guard", guard.pid()));
    if (decision instanceof Decision.Hold(String sentence)) {
      throw held(sentence, found);
    }
    MigrationStart start = MigrationStart.of(folder, found.version());
    TableStorage before = TableStorage.before(server(), folder);
    CommandState end = decision instanceof Decision.Run ? run(guard, rehearsed) : found;
    if (!end.equals(rehearsed.end())) {
      throw held("the command succeeded, but the schema is not the rehearsed one", end);
    }
    trace(before);
    return migrated(start, end);
  }

  private Decision decision(RehearsedCommand rehearsed, boolean begun, CommandState found)
      throws IOException {
    boolean through = begun && ledger.events().contains("migrated");
    return through && found.equals(rehearsed.end())
        ? new Decision.Done()
        : new CommandSettlement(rehearsed, begun, found).decide();
  }

  private CommandState run(Guard guard, RehearsedCommand rehearsed)
      throws SQLException, IOException, InterruptedException {
    long deadline = System.nanoTime() + server().spec().migration().lockBudget().toNanos();
    LockSchedule schedule = new LockSchedule(server().spec().lockLimit());
    for (int attempt = 0; ; attempt++) {
      awaitLongTransactions(deadline);
      Ran ran = attempt(guard, schedule.lockTimeout(attempt));
      CommandState after = state();
      ledger.append("command ended", Map.of("exitCode", ran.ended().exitCode(), "state", after));
      guard.requireHeld();
      if (ran.succeeded() && ran.connected()) {
        return after;
      }
      if (!mayRepeat(ran, rehearsed, after, deadline)) {
        throw failed(ran, rehearsed, after, guard);
      }
      progress.report(
          "gave way to the live traffic %d times, and tries again".formatted(attempt + 1));
      ledger.append(
          "gave way", Map.of("attempt", attempt + 1, "to", Blocker.sentence(guard.blockers())));
      Thread.sleep(schedule.pause(attempt, ThreadLocalRandom.current()));
    }
  }

  private Ran attempt(Guard guard, Duration lockLimit)
      throws SQLException, IOException, InterruptedException {
    guard.requireHeld();
    ledger.append("command begins", Map.of("run", container.command().run()));
    progress.report("running " + container.command().text());
    return container.run(
        Use.MIGRATION, server().database(), lockLimit, sessions(), guard::whenLost);
  }

  private void awaitLongTransactions(long deadline)
      throws SQLException, IOException, InterruptedException {
    List<String> tables =
        Rehearsals.read(folder)
            .map(rehearsals -> rehearsals.tables(rehearsals.scripts()))
            .orElse(List.of());
    new LongTransactions(server(), progress).awaitEnd(tables, deadline);
  }

  private static boolean mayRepeat(
      Ran ran, RehearsedCommand rehearsed, CommandState after, long deadline) {
    boolean gaveWay =
        ran.seen().errors().stream().anyMatch(error -> SqlTrouble.gaveWay(error.state()));
    boolean known = new CommandSettlement(rehearsed, true, after).decide() instanceof Decision.Run;
    return gaveWay && known && System.nanoTime() < deadline;
  }

  /** Who lost rows can be told by what was rehearsed, and by the tables that were replaced. */
  private void trace(TableStorage before) throws SQLException, IOException {
    try (Connection connection = server().open(Purpose.READ)) {
      List<String> rewritten =
          MigrationTrace.rewritten(before.numbers(), TableStorage.read(connection).numbers());
      MigrationTrace.Step step =
          new MigrationTrace.Step(List.of(container.command().text()), deleted(), rewritten);
      new MigrationTrace(List.of(step)).write(folder);
    }
  }

  private Map<String, Long> deleted() throws IOException {
    Map<String, Long> deleted = new TreeMap<>();
    Rehearsals.read(folder)
        .ifPresent(known ->
            known
                .rows()
                .forEach((table, rows) -> {
                  if (rows.deleted() > 0) {
                    deleted.put(table, rows.deleted());
                  }
                }));
    return deleted;
  }

  private Migrated migrated(MigrationStart start, CommandState end) throws IOException {
    boolean moved = !end.version().equals(start.version());
    Migrated migrated =
        new Migrated(start.version(), end.version(), moved ? List.of(end.version()) : List.of());
    ledger.append("migrated", Map.of("result", migrated, "fingerprint", end.fingerprint()));
    return migrated;
  }

  private RehearsedCommand rehearsed() throws IOException {
    RehearsedCommand rehearsed =
        RehearsedCommand.read(folder)
            .orElseThrow(() ->
                FailureType.MIGRATION_FAILED.permanent(
                    "%s was not rehearsed by this launch; nothing was applied"
                        .formatted(container.command().text())));
    rehearsed.requireSame(container.command());
    return rehearsed;
  }

  private CommandState state() throws SQLException {
    return CommandState.read(server(), server().database(), container.command());
  }

  private CommandSessions sessions() {
    return new CommandSessions(server(), folder);
  }

  private PostgresServer server() {
    return container.server();
  }

  private ApplicationFailure failed(
      Ran ran, RehearsedCommand rehearsed, CommandState after, Guard guard) {
    String standing =
        after.equals(rehearsed.start())
            ? rehearsed.atomic() ? "nothing of it was applied, the" : "the"
            : "what it had committed is kept, the";
    List<Blocker> blockers = guard.blockers();
    return FailureType.MIGRATION_FAILED.permanent(
        "%s %s: %s; %s database stands at version %s%s"
            .formatted(
                container.command().text(),
                end(ran),
                ran.words(),
                standing,
                after.version(),
                blockers.isEmpty() ? "" : "; in its way: " + Blocker.sentence(blockers)));
  }

  private String end(Ran ran) {
    if (!ran.ended().inTime()) {
      return "did not end within %d s and was ended"
          .formatted(server().spec().migrationLimit().toSeconds());
    }
    return ran.connected()
        ? "ended with code " + ran.ended().exitCode()
        : "ended with code %d and never reached the database by %s"
            .formatted(ran.ended().exitCode(), container.command().urlVariable());
  }

  private static ApplicationFailure held(String sentence, CommandState now) {
    return FailureType.MIGRATION_FAILED.permanent(
        "the migration is held: %s; it stands at version %s, the catalog's fingerprint is %s"
            .formatted(sentence, now.version(), now.fingerprint()));
  }
}

package dev.liftoff.simulation;

import dev.liftoff.FailureType;
import dev.liftoff.LaunchId;
import dev.liftoff.container.Slot;
import dev.liftoff.database.Anchor;
import dev.liftoff.database.BackupMethod;
import dev.liftoff.database.Barrier;
import dev.liftoff.database.Database;
import dev.liftoff.database.DatabaseSpec;
import dev.liftoff.database.Frozen;
import dev.liftoff.database.GivenUp;
import dev.liftoff.database.Integrity;
import dev.liftoff.database.LatencyWatch;
import dev.liftoff.database.Migrated;
import dev.liftoff.database.Migration;
import dev.liftoff.database.Proof;
import dev.liftoff.database.Rehearsal;
import dev.liftoff.database.RescuePlan;
import dev.liftoff.database.Rescued;
import dev.liftoff.database.RestorePoint;
import dev.liftoff.database.RestoredCopy;
import dev.liftoff.database.SchemaState;
import dev.liftoff.database.TableState;
import dev.liftoff.database.Throttled;
import dev.liftoff.database.Tidied;
import dev.liftoff.database.Writes;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A database in memory, held to the same contract as the real one. It stands at version 1, and the
 * migrations folder has version 2. Trouble is told to it in words.
 */
public final class SimulatedDatabase implements Database {
  /** Of a world that is new. */
  private static final Slot SERVING = Slot.BLUE;

  private final Map<String, Set<String>> tables = new TreeMap<>();
  private final SimulatedMigrations migrations = new SimulatedMigrations();
  private final SimulatedCommands commands = new SimulatedCommands();
  private final SimulatedBeside beside = new SimulatedBeside();
  private final SimulatedTwin twin = new SimulatedTwin(orders(), migrations, beside);
  private final Map<LaunchId, RestorePoint> restorePoints = new HashMap<>();
  private final Map<LaunchId, Set<String>> savedRows = new HashMap<>();
  private final Map<LaunchId, Integer> appliedBefore = new HashMap<>();
  private boolean damaged;
  private boolean dataLost;
  private boolean endsHalfWay;
  private @Nullable String sqlError;
  private @Nullable String refusal;
  private @Nullable Throttled slowed;
  private int repliesToLose;

  public SimulatedDatabase() {
    orders().addAll(Set.of("order 1", "order 2", "order 3"));
  }

  /** Each migration does its work outside of a transaction. */
  public synchronized SimulatedDatabase migratingWithoutTransaction() {
    migrations.transactional(false);
    return this;
  }

  /** What the restore point restores differs from what was saved. */
  public synchronized SimulatedDatabase backupNotProven() {
    damaged = true;
    return this;
  }

  /**
   * The last pending migration fails with this SQL error where it is live, and its transaction is
   * rolled back. On the copy it ran: what failed came after it was made.
   */
  public synchronized SimulatedDatabase migrationFailing(String error) {
    sqlError = error;
    return this;
  }

  /** The SQL of the migrations is in order again. */
  public synchronized SimulatedDatabase migratingAgain() {
    sqlError = null;
    return this;
  }

  /** The migration removes a row that was there before. */
  public synchronized SimulatedDatabase losingRows() {
    dataLost = true;
    return this;
  }

  /** The migrations keep every row again. */
  public synchronized void keepingRows() {
    dataLost = false;
  }

  /** The folder has one more migration. */
  public synchronized SimulatedDatabase pending(String version, String description) {
    migrations.pending(version, description);
    return this;
  }

  /** Nothing is to be migrated. */
  public synchronized SimulatedDatabase upToDate() {
    migrations.upToDate();
    return this;
  }

  /** The pending migrations are refused in their rehearsal with this sentence. */
  public synchronized SimulatedDatabase refusingInRehearsal(String sentence) {
    refusal = sentence;
    return this;
  }

  /** The migration ends half-way, with a schema that no rehearsal has seen. */
  public synchronized SimulatedDatabase endingHalfWay() {
    endsHalfWay = true;
    return this;
  }

  /** Somebody has made of the schema again what it was. */
  public synchronized void repair() {
    migrations.strange(false);
  }

  /** As much time has passed as anything is kept. */
  public synchronized void timeOfKeepingIsOver() {
    beside.timeIsOver();
  }

  /** Databases and restore points beside the live one. */
  public synchronized Set<String> beside() {
    return beside.names();
  }

  /** The service suffers from the backup, which gives way like this. */
  public synchronized SimulatedDatabase slowedInBackup(Throttled way) {
    slowed = way;
    return this;
  }

  /** The next so many calls do their work, and then their reply is lost. */
  public synchronized SimulatedDatabase losingReplies(int calls) {
    repliesToLose = calls;
    return this;
  }

  /** The service writes a row. */
  public synchronized void write(String row) {
    orders().add(row);
  }

  /** The service, or an accident, removes a row. */
  synchronized void remove(String row) {
    orders().remove(row);
  }

  /** As seen from outside. */
  public synchronized Set<String> rows() {
    return Set.copyOf(orders());
  }

  public synchronized String version() {
    return migrations.version();
  }

  /** The service is kept out. */
  public synchronized boolean isFrozen() {
    return twin.isFrozen();
  }

  public synchronized boolean hasScratch() {
    return beside.hasScratch();
  }

  /** A proof was killed before it could tidy up. */
  synchronized void leaveScratch(LaunchId launch) {
    beside.scratch(launch);
  }

  @Override
  public synchronized SchemaState inspect(LaunchId launch, DatabaseSpec spec) {
    return reply(commands.seen(spec, migrations.state()));
  }

  @Override
  public synchronized RestorePoint backUp(LaunchId launch, DatabaseSpec spec) {
    beside.saved(launch);
    savedRows.computeIfAbsent(launch, id -> Set.copyOf(orders()));
    return reply(restorePoints.computeIfAbsent(launch, id -> restorePoint(id, spec)));
  }

  @Override
  public synchronized Proof prove(LaunchId launch, DatabaseSpec spec, RestorePoint restorePoint) {
    long rows = restorePoint.tables().values().stream().mapToLong(TableState::rows).sum();
    List<String> differences =
        damaged ? List.of("public.orders came back with other content than it had") : List.of();
    return reply(new Proof(!damaged, restorePoint.tables().size(), rows, differences));
  }

  @Override
  public synchronized RestoredCopy proveAndKeep(
      LaunchId launch, DatabaseSpec spec, RestorePoint restorePoint) {
    beside.scratch(launch);
    return new RestoredCopy(
        prove(launch, spec, restorePoint), "liftoff_scratch_" + launch.asFileName());
  }

  @Override
  public synchronized Rehearsal rehearse(
      LaunchId launch, DatabaseSpec spec, RestorePoint restorePoint) {
    beside.scratch(launch);
    return reply(commands.rehearsed(launch, spec, migrations.rehearsal(refusal)));
  }

  @Override
  public synchronized Frozen freeze(LaunchId launch, DatabaseSpec spec) {
    return reply(twin.freeze(launch));
  }

  @Override
  public synchronized Anchor anchor(LaunchId launch, DatabaseSpec spec) {
    return reply(twin.anchor(launch));
  }

  @Override
  public synchronized Barrier open(LaunchId launch, DatabaseSpec spec) {
    return reply(twin.open());
  }

  @Override
  public synchronized void unfreeze(LaunchId launch, DatabaseSpec spec) {
    twin.unfreeze();
    reply("");
  }

  @Override
  public synchronized Rescued putBack(LaunchId launch, DatabaseSpec spec) {
    return reply(twin.putBack(launch));
  }

  @Override
  public synchronized RescuePlan planRescue(LaunchId launch, DatabaseSpec spec) {
    return reply(
        spec.migration().writes() == Writes.ONLINE
            ? twin.planOnline(launch, appliedBefore.get(launch))
            : twin.plan(launch));
  }

  @Override
  public synchronized Rescued rescue(
      LaunchId launch, DatabaseSpec spec, RescuePlan plan, String typed) {
    return reply(twin.rescue(launch, plan, typed));
  }

  @Override
  public synchronized Migrated migrate(LaunchId launch, DatabaseSpec spec) {
    commands.requireRehearsed(launch, spec);
    int before = appliedBefore.computeIfAbsent(launch, id -> migrations.count());
    List<Migration> pending = migrations.pending();
    if (sqlError != null && !pending.isEmpty()) {
      throw FailureType.MIGRATION_FAILED.permanent(
          pending.getLast().script() + " failed: " + sqlError + "; nothing of it was applied");
    }
    if (endsHalfWay) {
      migrations.strange(true);
      throw FailureType.MIGRATION_FAILED.permanent("the migration is held: unknown fingerprint");
    }
    migrations.apply();
    if (dataLost && !pending.isEmpty()) {
      orders().remove(orders().iterator().next());
    }
    return reply(
        new Migrated(
            migrations.versionAt(before),
            version(),
            commands.applied(spec, migrations.versionsAfter(before))));
  }

  @Override
  public synchronized Integrity verify(LaunchId launch, DatabaseSpec spec, RestorePoint before) {
    Set<String> missing = new TreeSet<>(savedRows.getOrDefault(launch, Set.of()));
    missing.removeAll(orders());
    List<String> findings =
        missing.isEmpty()
            ? List.of()
            : List.of("public.orders lost %d rows that it had".formatted(missing.size()));
    return reply(new Integrity(missing.isEmpty(), tables.size(), orders().size(), findings));
  }

  @Override
  public synchronized SchemaState reconcile(LaunchId launch, DatabaseSpec spec) {
    return reply(commands.seen(spec, migrations.state()));
  }

  @Override
  public synchronized void discardScratch(LaunchId launch, DatabaseSpec spec) {
    beside.discardScratch(launch);
    reply("");
  }

  @Override
  public synchronized Tidied sweep(LaunchId launch, DatabaseSpec spec) {
    return reply(beside.sweep(launch));
  }

  @Override
  public synchronized Tidied settle(LaunchId launch, DatabaseSpec spec) {
    return reply(beside.settle(launch));
  }

  @Override
  public synchronized GivenUp discard(LaunchId launch, DatabaseSpec spec, String name) {
    return reply(beside.discard(name, spec.backup().keep()));
  }

  private RestorePoint restorePoint(LaunchId launch, DatabaseSpec spec) {
    BackupMethod asked = spec.backup().method();
    BackupMethod method = asked == BackupMethod.AUTO ? BackupMethod.LOGICAL : asked;
    Map<String, TableState> content = new TreeMap<>();
    tables.forEach((name, rows) ->
        content.put(name, new TableState(rows.size(), SimulatedMigrations.hash(rows))));
    String path = "/simulated/" + launch.asFileName() + "/backup";
    return new RestorePoint(
        path,
        Instant.now(),
        version(),
        4096,
        SimulatedMigrations.hash(content),
        content,
        method,
        throttled(spec.backup().watch()));
  }

  private @Nullable Throttled throttled(@Nullable LatencyWatch watch) {
    return slowed == null || (watch != null && watch.serving() == SERVING)
        ? slowed
        : Throttled.unmeasured("nobody looks at the slot that serves");
  }

  private Set<String> orders() {
    return tables.computeIfAbsent("public.orders", name -> new TreeSet<>());
  }

  private <T> T reply(T answer) {
    if (repliesToLose > 0) {
      repliesToLose--;
      throw new IllegalStateException("simulated: the reply of the database was lost");
    }
    return answer;
  }
}

package dev.liftoff.simulation;

import dev.liftoff.FailureType;
import dev.liftoff.LaunchId;
import dev.liftoff.database.Anchor;
import dev.liftoff.database.Barrier;
import dev.liftoff.database.Database;
import dev.liftoff.database.DatabaseSpec;
import dev.liftoff.database.Frozen;
import dev.liftoff.database.Integrity;
import dev.liftoff.database.Migrated;
import dev.liftoff.database.Migration;
import dev.liftoff.database.MigrationClass;
import dev.liftoff.database.Proof;
import dev.liftoff.database.Rehearsal;
import dev.liftoff.database.Rehearsed;
import dev.liftoff.database.RescuePlan;
import dev.liftoff.database.Rescued;
import dev.liftoff.database.RestorePoint;
import dev.liftoff.database.RestoredCopy;
import dev.liftoff.database.RowsTouched;
import dev.liftoff.database.SchemaState;
import dev.liftoff.database.TableState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
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
  private static final String KEPT = "shop__post_launch";

  private final Map<String, Set<String>> tables = new TreeMap<>();
  private final List<Migration> applied = new ArrayList<>();
  private final List<Migration> folder = new ArrayList<>();
  private final Map<LaunchId, RestorePoint> restorePoints = new HashMap<>();
  private final Map<LaunchId, Set<String>> savedRows = new HashMap<>();
  private final Map<LaunchId, Integer> appliedBefore = new HashMap<>();
  private final Set<String> scratch = new HashSet<>();
  private boolean damaged;
  private boolean dataLost;
  private @Nullable String sqlError;
  private @Nullable String refusal;
  private @Nullable LaunchId frozenFor;
  private @Nullable Set<String> opened;
  private Set<String> twin = Set.of();
  private int appliedAtTwin;
  private int repliesToLose;

  public SimulatedDatabase() {
    tables.put("public.orders", new TreeSet<>(Set.of("order 1", "order 2", "order 3")));
    applied.add(migration("1", "create orders"));
    folder.add(migration("1", "create orders"));
    folder.add(migration("2", "add notes"));
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

  /** The folder has one more migration. */
  public synchronized SimulatedDatabase pending(String version, String description) {
    folder.add(migration(version, description));
    return this;
  }

  /** Nothing is to be migrated. */
  public synchronized SimulatedDatabase upToDate() {
    folder.subList(applied.size(), folder.size()).clear();
    return this;
  }

  /** The pending migrations are refused in their rehearsal with this sentence. */
  public synchronized SimulatedDatabase refusingInRehearsal(String sentence) {
    refusal = sentence;
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
    return applied.getLast().version();
  }

  /** The service is kept out. */
  public synchronized boolean isFrozen() {
    return frozenFor != null;
  }

  public synchronized boolean hasScratch() {
    return !scratch.isEmpty();
  }

  /** A proof was killed before it could tidy up. */
  synchronized void leaveScratch(LaunchId launch) {
    scratch.add(launch.asFileName());
  }

  @Override
  public synchronized SchemaState inspect(LaunchId launch, DatabaseSpec spec) {
    return reply(state());
  }

  @Override
  public synchronized RestorePoint backUp(LaunchId launch, DatabaseSpec spec) {
    savedRows.computeIfAbsent(launch, id -> Set.copyOf(orders()));
    return reply(restorePoints.computeIfAbsent(launch, this::restorePoint));
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
    scratch.add(launch.asFileName());
    return new RestoredCopy(
        prove(launch, spec, restorePoint), "liftoff_scratch_" + launch.asFileName());
  }

  @Override
  public synchronized Rehearsal rehearse(
      LaunchId launch, DatabaseSpec spec, RestorePoint restorePoint) {
    scratch.add(launch.asFileName());
    List<Migration> schema = new ArrayList<>(applied);
    List<Rehearsed> migrations = new ArrayList<>();
    for (Migration migration : state().pending()) {
      schema.add(migration);
      migrations.add(rehearsed(migration, hash(schema)));
    }
    List<String> refusals = refusal == null ? List.of() : List.of(refusal);
    MigrationClass worst = refusal == null ? MigrationClass.EXPAND : MigrationClass.CONTRACT;
    return reply(new Rehearsal(hash(applied), migrations, worst, refusals, List.of()));
  }

  @Override
  public synchronized Frozen freeze(LaunchId launch, DatabaseSpec spec) {
    frozenFor = launch;
    return reply(new Frozen(Instant.now(), 0));
  }

  @Override
  public synchronized Anchor anchor(LaunchId launch, DatabaseSpec spec) {
    if (!launch.equals(frozenFor)) {
      throw FailureType.MIGRATION_FAILED.permanent("there is no twin without frozen writes");
    }
    twin = Set.copyOf(orders());
    appliedAtTwin = applied.size();
    return reply(
        new Anchor(
            "lo_twin", Instant.now(), Duration.ofMillis(5), 4096, tables.size(), orders().size()));
  }

  @Override
  public synchronized Barrier open(LaunchId launch, DatabaseSpec spec) {
    frozenFor = null;
    opened = Set.copyOf(orders());
    return reply(new Barrier(Instant.now(), "1", "0/1"));
  }

  @Override
  public synchronized void unfreeze(LaunchId launch, DatabaseSpec spec) {
    frozenFor = null;
    reply("");
  }

  @Override
  public synchronized Rescued putBack(LaunchId launch, DatabaseSpec spec) {
    if (!launch.equals(frozenFor)) {
      return reply(Rescued.refused(List.of("the service has been let in since")));
    }
    takeTwin(Set.of());
    return reply(new Rescued(true, KEPT, Map.of(), Duration.ofMillis(5), List.of()));
  }

  @Override
  public synchronized RescuePlan planRescue(LaunchId launch, DatabaseSpec spec) {
    List<String> obstacles =
        opened == null ? List.of("there is no twin: writes were not frozen") : List.of();
    return reply(
        new RescuePlan(
            "lo_twin",
            KEPT,
            Map.of("public.orders", new RowsTouched(written().size(), 0, 0)),
            Map.of(),
            Duration.ofMillis(5),
            obstacles,
            List.of()));
  }

  @Override
  public synchronized Rescued rescue(
      LaunchId launch, DatabaseSpec spec, RescuePlan plan, String typed) {
    if (!plan.possible() || !typed.equals(plan.code())) {
      return reply(Rescued.refused(List.of("the numbers are not those of the plan")));
    }
    takeTwin(written());
    return reply(new Rescued(true, KEPT, plan.rows(), Duration.ofMillis(5), List.of()));
  }

  private Set<String> written() {
    Set<String> written = new TreeSet<>(orders());
    written.removeAll(opened == null ? orders() : opened);
    return written;
  }

  private void takeTwin(Set<String> since) {
    orders().clear();
    orders().addAll(twin);
    orders().addAll(since);
    applied.subList(Math.min(appliedAtTwin, applied.size()), applied.size()).clear();
    frozenFor = null;
  }

  @Override
  public synchronized Migrated migrate(LaunchId launch, DatabaseSpec spec) {
    int before = appliedBefore.computeIfAbsent(launch, id -> applied.size());
    List<Migration> pending = state().pending();
    if (sqlError != null && !pending.isEmpty()) {
      throw FailureType.MIGRATION_FAILED.permanent(
          pending.getLast().script() + " failed: " + sqlError + "; nothing of it was applied");
    }
    applied.addAll(pending);
    if (dataLost && !pending.isEmpty()) {
      orders().remove(orders().iterator().next());
    }
    List<String> versions = applied.stream().skip(before).map(Migration::version).toList();
    return reply(new Migrated(applied.get(before - 1).version(), version(), versions));
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
    return reply(state());
  }

  @Override
  public synchronized void discardScratch(LaunchId launch, DatabaseSpec spec) {
    scratch.remove(launch.asFileName());
    reply("");
  }

  private SchemaState state() {
    List<Migration> pending = List.copyOf(folder.subList(applied.size(), folder.size()));
    return new SchemaState(version(), pending, hash(applied));
  }

  private RestorePoint restorePoint(LaunchId launch) {
    Map<String, TableState> content = new TreeMap<>();
    tables.forEach((name, rows) -> content.put(name, new TableState(rows.size(), hash(rows))));
    String path = "/simulated/" + launch.asFileName() + "/backup";
    return new RestorePoint(path, Instant.now(), version(), 4096, hash(content), content);
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

  private static Migration migration(String version, String description) {
    String script = "V" + version + "__" + description.replace(' ', '_') + ".sql";
    return new Migration(version, description, script, script.hashCode());
  }

  private static Rehearsed rehearsed(Migration migration, String fingerprint) {
    return new Rehearsed(
        migration.version(),
        migration.script(),
        hash(migration),
        MigrationClass.EXPAND,
        Duration.ofMillis(5),
        List.of("AccessExclusive public.orders"),
        List.of(),
        Map.of(),
        List.of("added column public.orders." + migration.description()),
        fingerprint,
        true);
  }

  private static String hash(Object content) {
    return "%08x".formatted(content.toString().hashCode());
  }
}

package dev.liftoff.activities.database;

import dev.liftoff.FailureType;
import dev.liftoff.LaunchId;
import dev.liftoff.activities.Heartbeat;
import dev.liftoff.activities.Secrets;
import dev.liftoff.activities.database.backup.RestorePoints;
import dev.liftoff.activities.database.backup.ScratchServers;
import dev.liftoff.activities.database.backup.TableSums;
import dev.liftoff.activities.database.discovery.Discovery;
import dev.liftoff.activities.database.integrity.BeforeMigration;
import dev.liftoff.activities.database.integrity.IntegrityCheck;
import dev.liftoff.activities.database.migration.CommandContainer;
import dev.liftoff.activities.database.migration.CommandRun;
import dev.liftoff.activities.database.migration.CommandSchema;
import dev.liftoff.activities.database.migration.Flyways;
import dev.liftoff.activities.database.migration.History;
import dev.liftoff.activities.database.migration.MigrationFolder;
import dev.liftoff.activities.database.migration.MigrationRun;
import dev.liftoff.activities.database.migration.OneOff;
import dev.liftoff.activities.database.proof.CopyRights;
import dev.liftoff.activities.database.proof.PhysicalCopies;
import dev.liftoff.activities.database.proof.Proofs;
import dev.liftoff.activities.database.proof.Scratch;
import dev.liftoff.activities.database.rehearsal.CommandRehearsal;
import dev.liftoff.activities.database.rehearsal.RehearsalRun;
import dev.liftoff.activities.database.rehearsal.StaleCopy;
import dev.liftoff.activities.database.rescue.Freeze;
import dev.liftoff.activities.database.rescue.Opening;
import dev.liftoff.activities.database.rescue.PutBack;
import dev.liftoff.activities.database.rescue.Rescue;
import dev.liftoff.activities.database.rescue.RescuePlanning;
import dev.liftoff.activities.database.rescue.Twin;
import dev.liftoff.activities.database.retention.LeftScratch;
import dev.liftoff.activities.database.retention.Sweep;
import dev.liftoff.database.Anchor;
import dev.liftoff.database.Barrier;
import dev.liftoff.database.Database;
import dev.liftoff.database.DatabaseSpec;
import dev.liftoff.database.Discovered;
import dev.liftoff.database.Frozen;
import dev.liftoff.database.GivenUp;
import dev.liftoff.database.Integrity;
import dev.liftoff.database.Migrated;
import dev.liftoff.database.Migration;
import dev.liftoff.database.MigrationSpec;
import dev.liftoff.database.Proof;
import dev.liftoff.database.Rehearsal;
import dev.liftoff.database.RescuePlan;
import dev.liftoff.database.Rescued;
import dev.liftoff.database.RestorePoint;
import dev.liftoff.database.RestoredCopy;
import dev.liftoff.database.SchemaState;
import dev.liftoff.database.Tidied;
import io.temporal.client.ActivityCompletionException;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** PostgreSQL 14 and newer, through its own {@code pg_dump} and {@code pg_restore}, and Flyway. */
public final class PostgresDatabase implements Database {
  private static final Logger log = LoggerFactory.getLogger(PostgresDatabase.class);

  /**
   * Where restore points go, and what takes them.
   *
   * @param artifacts folder of the restore points, on a disk with room for the dumps
   * @param binaries folder of {@code pg_dump} and {@code pg_restore}; null to find those that fit
   *     the server
   * @param jobs tables that are dumped or restored at the same time
   * @param connectLimit how long a connection may take to open
   * @param scratch folder for servers that run from a physical copy, on a disk with room for one;
   *     its path is short, and PostgreSQL's user may enter it; null for one among the restore
   *     points
   */
  public record Settings(
      Path artifacts,
      @Nullable Path binaries,
      int jobs,
      Duration connectLimit,
      @Nullable Path scratch) {
    public static Settings in(Path artifacts) {
      return new Settings(artifacts, null, 2, Duration.ofSeconds(10), null);
    }

    /** The physical copies that launches keep on this host. */
    public PhysicalCopies copies() {
      Path folder = scratch == null ? artifacts.resolve("scratch") : scratch;
      return new PhysicalCopies(new ScratchServers(folder.toAbsolutePath().normalize()), binaries);
    }
  }

  private final Settings settings;
  private final Secrets secrets;
  private final Heartbeat heartbeat;
  private final TableSums.ContentReader reader;
  private final OneOff oneOff;

  /** Migrates with Flyway only. */
  public PostgresDatabase(Settings settings, Secrets secrets, Heartbeat heartbeat) {
    this(settings, secrets, heartbeat, OneOff.none());
  }

  /**
   * @param oneOff where a migration command of a plan runs
   */
  public PostgresDatabase(Settings settings, Secrets secrets, Heartbeat heartbeat, OneOff oneOff) {
    this(settings, secrets, heartbeat, oneOff, TableContents::read);
  }

  public PostgresDatabase(
      Settings settings, Secrets secrets, Heartbeat heartbeat, TableSums.ContentReader reader) {
    this(settings, secrets, heartbeat, OneOff.none(), reader);
  }

  private PostgresDatabase(
      Settings settings,
      Secrets secrets,
      Heartbeat heartbeat,
      OneOff oneOff,
      TableSums.ContentReader reader) {
    this.oneOff = oneOff;
    this.settings = settings;
    this.secrets = secrets;
    this.heartbeat = heartbeat;
    this.reader = reader;
  }

  @Override
  public SchemaState inspect(LaunchId launch, DatabaseSpec spec) {
    return step(
        launch,
        spec,
        reusing((server, progress) -> {
          Discovered found =
              new Discovery(server, settings.artifacts(), settings.binaries()).look();
          if (byCommand(spec)) {
            return new CommandSchema(commands(server)).state().noticing(found.warnings());
          }
          Flyways flyways = flyways(server);
          flyways.requireValid();
          return state(server, flyways.pendingMigrations()).noticing(found.warnings());
        }));
  }

  @Override
  public RestorePoint backUp(LaunchId launch, DatabaseSpec spec) {
    return step(
        launch,
        spec,
        (server, progress) -> {
          left().expect(launch, spec);
          return new RestorePoints(
                  server,
                  folder(launch),
                  settings.binaries(),
                  settings.jobs(),
                  progress,
                  TableContents::read)
              .take();
        });
  }

  @Override
  public Proof prove(LaunchId launch, DatabaseSpec spec, RestorePoint restorePoint) {
    return step(launch, spec, (server, progress) -> proofs(server, progress).prove(restorePoint));
  }

  @Override
  public RestoredCopy proveAndKeep(LaunchId launch, DatabaseSpec spec, RestorePoint restorePoint) {
    return step(
        launch,
        spec,
        (server, progress) ->
            new RestoredCopy(
                proofs(server, progress).proveAndKeep(restorePoint), Scratch.name(launch)));
  }

  @Override
  public Rehearsal rehearse(LaunchId launch, DatabaseSpec spec, RestorePoint restorePoint) {
    return step(
        launch,
        spec,
        reusing((server, progress) -> rehearsed(server, progress, restorePoint)),
        Purpose.MIGRATION);
  }

  @Override
  public Frozen freeze(LaunchId launch, DatabaseSpec spec) {
    return step(
        launch, spec, (server, progress) -> new Freeze(server, folder(launch), progress).begin());
  }

  @Override
  public Anchor anchor(LaunchId launch, DatabaseSpec spec) {
    return step(
        launch, spec, (server, progress) -> new Twin(server, folder(launch), progress).make());
  }

  @Override
  public Barrier open(LaunchId launch, DatabaseSpec spec) {
    return step(
        launch, spec, (server, progress) -> new Opening(server, folder(launch), progress).open());
  }

  @Override
  public void unfreeze(LaunchId launch, DatabaseSpec spec) {
    Step<String> unfreeze =
        (server, progress) -> {
          new Freeze(server, folder(launch), progress).end();
          return "unfrozen";
        };
    var _ = step(launch, spec, unfreeze);
  }

  @Override
  public Rescued putBack(LaunchId launch, DatabaseSpec spec) {
    return step(
        launch,
        spec,
        (server, progress) -> new PutBack(server, folder(launch), progress).carryOut());
  }

  @Override
  public RescuePlan planRescue(LaunchId launch, DatabaseSpec spec) {
    return step(
        launch,
        spec,
        (server, progress) -> new RescuePlanning(server, folder(launch), progress).plan());
  }

  @Override
  public Rescued rescue(LaunchId launch, DatabaseSpec spec, RescuePlan plan, String typed) {
    return step(
        launch,
        spec,
        (server, progress) -> new Rescue(server, folder(launch), progress).carryOut(plan, typed));
  }

  @Override
  public Migrated migrate(LaunchId launch, DatabaseSpec spec) {
    return step(
        launch,
        spec,
        reusing((server, progress) -> {
          server.requireUsable();
          requireBusinessChecks(server);
          return byCommand(spec)
              ? new CommandRun(commands(server), folder(launch), progress).apply()
              : new MigrationRun(flyways(server), folder(launch), progress).apply();
        }),
        Purpose.MIGRATION);
  }

  @Override
  public Integrity verify(LaunchId launch, DatabaseSpec spec, RestorePoint before) {
    return step(
        launch,
        spec,
        reusing((server, progress) ->
            new IntegrityCheck(server, folder(launch), progress).compare(before)));
  }

  @Override
  public SchemaState reconcile(LaunchId launch, DatabaseSpec spec) {
    return step(
        launch,
        spec,
        (server, progress) -> {
          server.endSessions(Purpose.MIGRATION);
          if (byCommand(spec)) {
            new CommandRun(commands(server), folder(launch), progress).endLeftovers();
            return new CommandSchema(commands(server)).state();
          }
          return state(server, pendingIfReadable(server));
        });
  }

  @Override
  public void discardScratch(LaunchId launch, DatabaseSpec spec) {
    Step<String> discard =
        (server, progress) -> {
          if (byCommand(spec)) {
            commands(server).discard(CommandContainer.Use.REHEARSAL);
          }
          proofs(server, progress).discard();
          left().forget(launch);
          return "discarded";
        };
    var _ = step(launch, spec, discard);
  }

  @Override
  public Tidied sweep(LaunchId launch, DatabaseSpec spec) {
    return step(
        launch,
        spec,
        (server, progress) -> new Sweep(server, left(), progress).carryOut(Instant.now()));
  }

  @Override
  public Tidied settle(LaunchId launch, DatabaseSpec spec) {
    return step(
        launch,
        spec,
        (server, progress) -> new Sweep(server, left(), progress).settle(Instant.now()));
  }

  @Override
  public GivenUp discard(LaunchId launch, DatabaseSpec spec, String name) {
    return step(
        launch,
        spec,
        (server, progress) -> new Sweep(server, left(), progress).discard(name, Instant.now()));
  }

  private LeftScratch left() {
    return new LeftScratch(
        settings.artifacts(), settings.copies().servers(), secrets, settings.connectLimit());
  }

  private void requireBusinessChecks(PostgresServer server) throws SQLException, IOException {
    List<String> findings = BeforeMigration.note(server, folder(server.launch()));
    if (!findings.isEmpty()) {
      throw FailureType.MIGRATION_FAILED.permanent(
          "nothing was migrated: " + String.join("; ", findings));
    }
  }

  private Proofs proofs(PostgresServer server, Progress progress) {
    return new Proofs(server, settings.copies(), settings.jobs(), progress, reader);
  }

  /** An attempt that died half-way has spoilt the copy: it is restored once more. */
  private Rehearsal rehearsed(PostgresServer server, Progress progress, RestorePoint restorePoint)
      throws Exception {
    LaunchFolder folder = folder(server.launch());
    try {
      return rehearsed(run(server, folder, progress));
    } catch (StaleCopy stale) {
      log.info(
          "the copy is restored again launch={} because={}", server.launch(), stale.getMessage());
      proofs(server, progress).discard();
      var _ = proofs(server, progress).proveAndKeep(restorePoint);
      return rehearsed(run(server, folder, progress));
    }
  }

  private RehearsalRun run(PostgresServer server, LaunchFolder folder, Progress progress)
      throws Exception {
    PostgresServer reaching = settings.copies().reaching(server);
    return new RehearsalRun(reaching, Scratch.name(server.launch()), folder, progress);
  }

  private Rehearsal rehearsed(RehearsalRun run) throws Exception {
    PostgresServer server = run.server();
    // What a migration grants and revokes counts only where there are rights.
    CopyRights.give(server, run.copy());
    MigrationSpec migration = server.spec().migration();
    if (migration.command() != null) {
      return new CommandRehearsal(run, commands(server)).rehearse();
    }
    Path migrations = MigrationFolder.of(run.folder(), server.spec().migrations()).frozen();
    return run.rehearse(migrations, migration.waivers(), migration.writes());
  }

  private CommandContainer commands(PostgresServer server) {
    return new CommandContainer(server, oneOff, secrets);
  }

  private static boolean byCommand(DatabaseSpec spec) {
    return spec.migration().command() != null;
  }

  private LaunchFolder folder(LaunchId launch) throws IOException {
    return LaunchFolder.of(settings.artifacts(), launch);
  }

  private Flyways flyways(PostgresServer server) throws IOException {
    MigrationFolder migrations =
        MigrationFolder.of(folder(server.launch()), server.spec().migrations());
    return new Flyways(server, migrations.frozen());
  }

  private static SchemaState state(PostgresServer server, List<Migration> pending)
      throws SQLException {
    try (Connection connection = server.open(Purpose.READ)) {
      History history = History.read(connection, History.schema(connection));
      Catalog catalog = Catalog.read(Canonical.of(connection));
      return new SchemaState(
          history.version(), pending, catalog.fingerprint(), catalog.restoredFingerprint());
    }
  }

  /** What stands is told even where the folder is the trouble. */
  private List<Migration> pendingIfReadable(PostgresServer server) throws IOException {
    try {
      return flyways(server).pendingMigrations();
    } catch (FlywayException | ApplicationFailure unreadable) {
      log.warn("pending migrations cannot be read launch={}", server.launch());
      return List.of();
    }
  }

  /** Also where the copy is, if it is on a server of its own. */
  private void cancel(PostgresServer server, Purpose purpose) {
    server.cancelQueries(purpose);
    settings.copies().running(server).ifPresent(copy -> copy.cancelQueries(purpose));
  }

  private interface Step<T> {
    T run(PostgresServer server, Progress progress) throws Exception;
  }

  /** For what reads often, and neither renames nor copies a database. */
  private static <T> Step<T> reusing(Step<T> step) {
    return (server, progress) -> {
      try (PostgresServer reader = server.reusing()) {
        return step.run(reader, progress);
      }
    };
  }

  private <T> T step(LaunchId launch, DatabaseSpec spec, Step<T> step) {
    return step(launch, spec, step, null);
  }

  /** Whatever goes wrong below leaves here as one sentence without secrets. */
  private <T> T step(
      LaunchId launch, DatabaseSpec spec, Step<T> step, @Nullable Purpose cancelFirst) {
    try {
      PostgresServer server = new PostgresServer(launch, spec, secrets, settings.connectLimit());
      Progress progress = new Progress();
      Callable<T> work = () -> step.run(server, progress);
      return cancelFirst == null
          ? heartbeat.during(progress::toString, work)
          : heartbeat.during(progress::toString, work, () -> cancel(server, cancelFirst));
    } catch (ActivityCompletionException abandoned) {
      throw abandoned;
    } catch (RuntimeException failed) {
      throw Sentence.of(failed, spec, secrets);
    }
  }
}

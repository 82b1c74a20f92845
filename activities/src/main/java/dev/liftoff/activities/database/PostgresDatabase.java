package dev.liftoff.activities.database;

import dev.liftoff.FailureType;
import dev.liftoff.LaunchId;
import dev.liftoff.activities.Heartbeat;
import dev.liftoff.activities.Secrets;
import dev.liftoff.activities.container.OneOff;
import dev.liftoff.activities.database.backup.RestorePoints;
import dev.liftoff.activities.database.backup.ScratchServers;
import dev.liftoff.activities.database.backup.TableSums;
import dev.liftoff.activities.database.discovery.Discovery;
import dev.liftoff.activities.database.integrity.BeforeMigration;
import dev.liftoff.activities.database.integrity.IntegrityCheck;
import dev.liftoff.activities.database.migration.CommandContainer;
import dev.liftoff.activities.database.pace.ServiceLatency;
import dev.liftoff.activities.database.proof.PhysicalCopies;
import dev.liftoff.activities.database.proof.Proofs;
import dev.liftoff.activities.database.proof.Scratch;
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
import dev.liftoff.database.Proof;
import dev.liftoff.database.Rehearsal;
import dev.liftoff.database.RescuePlan;
import dev.liftoff.database.Rescued;
import dev.liftoff.database.RestorePoint;
import dev.liftoff.database.RestoredCopy;
import dev.liftoff.database.SchemaState;
import dev.liftoff.database.Tidied;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** PostgreSQL 14 and newer, through its own {@code pg_dump} and {@code pg_restore}, and Flyway. */
public final class PostgresDatabase implements Database {
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
  private final Steps steps;
  private final TableSums.ContentReader reader;
  private final OneOff oneOff;
  private final ServiceLatency latency;

  /** Migrates with Flyway only. */
  public PostgresDatabase(Settings settings, Secrets secrets, Heartbeat heartbeat) {
    this(settings, secrets, heartbeat, OneOff.none());
  }

  /**
   * @param oneOff where a migration command of a plan runs
   */
  public PostgresDatabase(Settings settings, Secrets secrets, Heartbeat heartbeat, OneOff oneOff) {
    this(settings, secrets, heartbeat, oneOff, ServiceLatency.unknown());
  }

  /**
   * @param latency of the service, to which a backup gives way
   */
  public PostgresDatabase(
      Settings settings,
      Secrets secrets,
      Heartbeat heartbeat,
      OneOff oneOff,
      ServiceLatency latency) {
    this(settings, secrets, heartbeat, oneOff, latency, TableContents::read);
  }

  public PostgresDatabase(
      Settings settings, Secrets secrets, Heartbeat heartbeat, TableSums.ContentReader reader) {
    this(settings, secrets, heartbeat, OneOff.none(), ServiceLatency.unknown(), reader);
  }

  private PostgresDatabase(
      Settings settings,
      Secrets secrets,
      Heartbeat heartbeat,
      OneOff oneOff,
      ServiceLatency latency,
      TableSums.ContentReader reader) {
    this.oneOff = oneOff;
    this.latency = latency;
    this.settings = settings;
    this.secrets = secrets;
    this.steps = new Steps(secrets, heartbeat, settings.connectLimit(), settings.copies());
    this.reader = reader;
  }

  @Override
  public SchemaState inspect(LaunchId launch, DatabaseSpec spec) {
    return steps.reading(
        launch,
        spec,
        (server, progress) -> {
          Discovered found =
              new Discovery(server, settings.artifacts(), settings.binaries()).look();
          return tool(server).inspect().noticing(found.warnings());
        });
  }

  @Override
  public RestorePoint backUp(LaunchId launch, DatabaseSpec spec) {
    return steps.run(
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
                  TableContents::read,
                  latency)
              .take();
        });
  }

  @Override
  public Proof prove(LaunchId launch, DatabaseSpec spec, RestorePoint restorePoint) {
    return steps.run(
        launch, spec, (server, progress) -> proofs(server, progress).prove(restorePoint));
  }

  @Override
  public RestoredCopy proveAndKeep(LaunchId launch, DatabaseSpec spec, RestorePoint restorePoint) {
    return steps.run(
        launch,
        spec,
        (server, progress) ->
            new RestoredCopy(
                proofs(server, progress).proveAndKeep(restorePoint), Scratch.name(launch)));
  }

  @Override
  public Rehearsal rehearse(LaunchId launch, DatabaseSpec spec, RestorePoint restorePoint) {
    return steps.migrating(
        launch,
        spec,
        (server, progress) ->
            new FreshRehearsal(
                    server,
                    folder(launch),
                    settings.copies(),
                    proofs(server, progress),
                    this::tool,
                    progress)
                .of(restorePoint));
  }

  @Override
  public Frozen freeze(LaunchId launch, DatabaseSpec spec) {
    return steps.run(
        launch, spec, (server, progress) -> new Freeze(server, folder(launch), progress).begin());
  }

  @Override
  public Anchor anchor(LaunchId launch, DatabaseSpec spec) {
    return steps.run(
        launch, spec, (server, progress) -> new Twin(server, folder(launch), progress).make());
  }

  @Override
  public Barrier open(LaunchId launch, DatabaseSpec spec) {
    return steps.run(
        launch, spec, (server, progress) -> new Opening(server, folder(launch), progress).open());
  }

  @Override
  public void unfreeze(LaunchId launch, DatabaseSpec spec) {
    steps.carryOut(
        launch, spec, (server, progress) -> new Freeze(server, folder(launch), progress).end());
  }

  @Override
  public Rescued putBack(LaunchId launch, DatabaseSpec spec) {
    return steps.run(
        launch,
        spec,
        (server, progress) -> new PutBack(server, folder(launch), progress).carryOut());
  }

  @Override
  public RescuePlan planRescue(LaunchId launch, DatabaseSpec spec) {
    return steps.run(
        launch,
        spec,
        (server, progress) ->
            new RescuePlanning(server, folder(launch), settings.binaries(), progress).plan());
  }

  @Override
  public Rescued rescue(LaunchId launch, DatabaseSpec spec, RescuePlan plan, String typed) {
    return steps.run(
        launch,
        spec,
        (server, progress) -> new Rescue(server, folder(launch), progress).carryOut(plan, typed));
  }

  @Override
  public Migrated migrate(LaunchId launch, DatabaseSpec spec) {
    return steps.migrating(
        launch,
        spec,
        (server, progress) -> {
          server.requireUsable();
          requireBusinessChecks(server);
          return tool(server).migrate(progress);
        });
  }

  @Override
  public Integrity verify(LaunchId launch, DatabaseSpec spec, RestorePoint before) {
    return steps.reading(
        launch,
        spec,
        (server, progress) -> new IntegrityCheck(server, folder(launch), progress).compare(before));
  }

  @Override
  public SchemaState reconcile(LaunchId launch, DatabaseSpec spec) {
    return steps.run(
        launch,
        spec,
        (server, progress) -> {
          server.endSessions(Purpose.MIGRATION);
          return tool(server).reconcile(progress);
        });
  }

  @Override
  public void discardScratch(LaunchId launch, DatabaseSpec spec) {
    steps.carryOut(
        launch,
        spec,
        (server, progress) -> {
          tool(server).discardRehearsal();
          proofs(server, progress).discard();
          left().forget(launch);
        });
  }

  @Override
  public Tidied sweep(LaunchId launch, DatabaseSpec spec) {
    return steps.run(
        launch,
        spec,
        (server, progress) -> new Sweep(server, left(), progress).carryOut(Instant.now()));
  }

  @Override
  public Tidied settle(LaunchId launch, DatabaseSpec spec) {
    return steps.run(
        launch,
        spec,
        (server, progress) -> new Sweep(server, left(), progress).settle(Instant.now()));
  }

  @Override
  public GivenUp discard(LaunchId launch, DatabaseSpec spec, String name) {
    return steps.run(
        launch,
        spec,
        (server, progress) -> new Sweep(server, left(), progress).discard(name, Instant.now()));
  }

  private MigrationTool tool(PostgresServer server) throws IOException {
    LaunchFolder folder = folder(server.launch());
    return server.spec().migration().command() == null
        ? new FlywayTool(server, folder)
        : new CommandTool(new CommandContainer(server, oneOff, secrets), folder);
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

  private LaunchFolder folder(LaunchId launch) throws IOException {
    return LaunchFolder.of(settings.artifacts(), launch);
  }
}

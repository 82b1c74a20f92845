package dev.liftoff.activities.compatibility;

import dev.liftoff.FailureType;
import dev.liftoff.LaunchId;
import dev.liftoff.activities.Heartbeat;
import dev.liftoff.activities.Secrets;
import dev.liftoff.activities.container.DockerContainers;
import dev.liftoff.activities.container.Recipe;
import dev.liftoff.activities.container.TrialContainers;
import dev.liftoff.activities.database.CopyServers;
import dev.liftoff.activities.database.PostgresServer;
import dev.liftoff.activities.database.SqlTrouble;
import dev.liftoff.activities.database.proof.CopyRights;
import dev.liftoff.activities.database.proof.Scratch;
import dev.liftoff.activities.database.proxy.Destination;
import dev.liftoff.activities.database.proxy.Listening;
import dev.liftoff.activities.database.proxy.PostgresProxy;
import dev.liftoff.activities.database.proxy.SqlTally;
import dev.liftoff.activities.database.proxy.Upstream;
import dev.liftoff.activities.probe.NetworkProbe;
import dev.liftoff.compatibility.Compatibility;
import dev.liftoff.compatibility.CompatibilitySpec;
import dev.liftoff.compatibility.Compatible;
import dev.liftoff.compatibility.Trial;
import dev.liftoff.compatibility.TrialRole;
import dev.liftoff.compatibility.TrialRun;
import dev.liftoff.container.ContainerSpec;
import dev.liftoff.container.Endpoint;
import dev.liftoff.database.DatabaseSpec;
import io.temporal.activity.Activity;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Old on new with containers of a Docker engine and a proxy in front of the PostgreSQL server, both
 * of which live only as long as the trial.
 */
public final class DockerCompatibility implements Compatibility, AutoCloseable {
  private final Settings settings;
  private final Secrets secrets;
  private final CopyServers copies;
  private final TrialContainers containers;
  private final NetworkProbe probe;

  /**
   * Where the engine is and how long things may take.
   *
   * @param engine of the containers, as for the candidate's
   * @param probe of the checks
   * @param connectLimit of one connection to the database
   * @param listenOn address of this worker that containers of the plan's network reach; null to
   *     find it, which works where the engine is on the worker's host
   */
  public record Settings(
      DockerContainers.Settings engine,
      NetworkProbe.Settings probe,
      Duration connectLimit,
      @Nullable String listenOn) {

    /** The engine of this host. */
    public static Settings in(Path artifacts) {
      return new Settings(
          DockerContainers.Settings.in(artifacts),
          new NetworkProbe.Settings(Duration.ofSeconds(5)),
          Duration.ofSeconds(10),
          null);
    }
  }

  /**
   * With containers of this host.
   *
   * @param copies finds the copy where it is on a server of its own
   */
  public DockerCompatibility(
      Settings settings, Secrets secrets, CopyServers copies, Heartbeat heartbeat) {
    this.settings = settings;
    this.secrets = secrets;
    this.copies = copies;
    this.containers = new TrialContainers(settings.engine(), secrets, heartbeat);
    this.probe = new NetworkProbe(settings.probe(), secrets, heartbeat);
  }

  @Override
  public Compatible prove(LaunchId launch, CompatibilitySpec spec, Trial trial) {
    requireUsable(spec, trial);
    try {
      return tried(launch, spec, trial);
    } catch (SQLException trouble) {
      throw sentence(trouble, trial.database());
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    } catch (InterruptedException shutdown) {
      Thread.currentThread().interrupt();
      throw Activity.wrap(shutdown);
    }
  }

  @Override
  public void discard(LaunchId launch, ContainerSpec container) {
    containers.remove(launch);
  }

  @Override
  public void close() {
    containers.close();
    probe.close();
  }

  private Compatible tried(LaunchId launch, CompatibilitySpec spec, Trial trial)
      throws SQLException, IOException, InterruptedException {
    Duration limit = settings.connectLimit();
    PostgresServer server =
        copies.reaching(new PostgresServer(launch, trial.database(), secrets, limit));
    requireNotLive(server, trial);
    Upstream upstream = Upstream.of(server, trial.copy(), limit);
    CopyRights.give(server, trial.copy());
    Optional<String> blind = blind(server, upstream, trial);
    if (blind.isPresent()) {
      return Compatible.unproven(blind.get());
    }
    Surroundings around =
        new Surroundings(launch, spec, trial, upstream, new LiveSessions(server), listen(trial));
    return Compatible.judged(runs(around), spec);
  }

  private Optional<String> blind(PostgresServer server, Upstream upstream, Trial trial)
      throws SQLException, IOException {
    SqlTally tally = new SqlTally();
    try (PostgresProxy proxy =
        new PostgresProxy(
            upstream,
            Destination.of(trial.copy()),
            tally,
            InetAddress.getLoopbackAddress(),
            any -> true)) {
      return new Control(
              proxy, tally, trial.copy(), trial.database(), secrets, settings.connectLimit())
          .failure(server.database());
    }
  }

  private List<TrialRun> runs(Surroundings around) throws SQLException, IOException {
    TrialChecks checks =
        new TrialChecks(around.spec(), UUID.randomUUID().toString().substring(0, 8));
    List<TrialRun> runs = new ArrayList<>();
    try {
      for (TrialRole role : roles(around.trial())) {
        OneRun run = new OneRun(around, role, recipe(around, role), containers, probe, secrets);
        runs.add(run.on(checks.of(role)));
        if (!runs.getLast().sql().valid() && runs.getLast().trouble() == null) {
          // It may have written elsewhere; the next one would do the same.
          break;
        }
      }
    } finally {
      containers.remove(around.launch());
    }
    return runs;
  }

  private static List<TrialRole> roles(Trial trial) {
    return trial.baseline() == null ? List.of(TrialRole.CANDIDATE) : List.of(TrialRole.values());
  }

  private Recipe recipe(Surroundings around, TrialRole role) {
    Endpoint baseline = around.trial().baseline();
    return role.old() && baseline != null
        ? containers.running(around.launch(), baseline)
        : Recipe.ofPlan(around.trial().candidate(), around.trial().container(), secrets);
  }

  private Listening listen(Trial trial) {
    String configured = settings.listenOn();
    String network = trial.container().network();
    return configured != null
        ? Listening.configured(configured)
        : containers
            .hostIn(network)
            .map(Listening::found)
            .orElseThrow(() ->
                FailureType.CONTAINER_FAILED.permanent(
                    "this worker has no address in the network %s at which a container could reach it; run the worker on the engine's host, or set listenOn in the worker's settings"
                        .formatted(network)));
  }

  private static void requireUsable(CompatibilitySpec spec, Trial trial) {
    if (!trial.copy().matches(Scratch.PREFIX + "[a-z0-9_]+")) {
      throw FailureType.DATABASE_REFUSED.permanent(
          "the database %s is no scratch database; nothing is tried on it".formatted(trial.copy()));
    }
    List<String> problems = spec.problems(trial.container());
    if (!problems.isEmpty()) {
      throw FailureType.INVALID_PLAN.permanent("compatibility: " + String.join("; ", problems));
    }
  }

  private static void requireNotLive(PostgresServer server, Trial trial) {
    if (trial.copy().equals(server.database())) {
      throw FailureType.DATABASE_REFUSED.permanent(
          "the database %s is the live one; nothing is tried on it".formatted(trial.copy()));
    }
  }

  /** Without its cause, which may quote what must not be in a history. */
  private ApplicationFailure sentence(SQLException trouble, DatabaseSpec database) {
    ApplicationFailure known = SqlTrouble.failure(trouble, database);
    String masked = secrets.mask(known.getOriginalMessage());
    return known.isNonRetryable()
        ? ApplicationFailure.newNonRetryableFailure(masked, known.getType())
        : ApplicationFailure.newFailure(masked, known.getType());
  }
}

package dev.liftoff.activities.database.migration;

import dev.liftoff.FailureType;
import dev.liftoff.Payloads;
import dev.liftoff.activities.database.Canonical;
import dev.liftoff.activities.database.Catalog;
import dev.liftoff.activities.database.LaunchFolder;
import dev.liftoff.activities.database.PostgresServer;
import dev.liftoff.activities.database.Progress;
import dev.liftoff.activities.database.Purpose;
import dev.liftoff.activities.database.SqlTrouble;
import dev.liftoff.container.Image;
import dev.liftoff.database.Migrated;
import dev.liftoff.database.MigrationCommand;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Migrates with the service's own tool, such as {@code alembic upgrade head}, in a container of the
 * candidate's image. What it did is read from the database: its version query and the catalog, not
 * the tool's words.
 */
public record CommandRun(
    PostgresServer server,
    LaunchFolder folder,
    OneOff oneOff,
    MigrationCommand command,
    Place place,
    Progress progress) {
  private static final Set<String> NO_TABLE_YET = Set.of("42P01", "3F000");

  /** PostgreSQL's words for 55P03, 40P01 and 40001; a tool seldom tells the code. */
  private static final List<String> GAVE_WAY =
      List.of("due to lock timeout", "deadlock detected", "could not serialize access");

  /**
   * Where the tool runs.
   *
   * @param environment of the candidate, secrets resolved
   * @param secretVariables those of them that are secret
   */
  public record Place(
      Image image, String network, Map<String, String> environment, Set<String> secretVariables) {
    public Place {
      environment = Map.copyOf(environment);
      secretVariables = Set.copyOf(secretVariables);
    }

    /** Without the values of the environment. */
    @Override
    public String toString() {
      return image + " in " + network;
    }
  }

  /** What stands: the version query's answer, and the catalog's restored fingerprint. */
  public record State(String version, String fingerprint) {}

  /** What a run changed. */
  public record Change(State before, State after) {}

  /**
   * Everything is applied; repeating finds that done. Permanent, {@code MIGRATION_FAILED}, when the
   * tool fails, when the schema is not the rehearsed one before or after it, or when it gets no
   * lock within the budget.
   */
  public Migrated apply() throws SQLException, IOException, InterruptedException {
    try (Guard guard = Guard.hold(server, progress)) {
      Optional<Rehearsals> rehearsed = Rehearsals.read(folder);
      OneOff.Order order = order(server.database(), "migration");
      State now = state(server.database());
      if (!oneOff.begun(order) && rehearsed.isPresent()) {
        requireKnown(rehearsed.get(), now);
      }
      State start = start(now);
      State after = run(order, guard);
      if (rehearsed.isPresent() && !after.fingerprint().equals(rehearsed.get().lastFingerprint())) {
        throw held("the tool succeeded, but the schema is not the rehearsed one", after);
      }
      boolean moved = !after.version().equals(start.version());
      return new Migrated(
          start.version(), after.version(), moved ? List.of(after.version()) : List.of());
    }
  }

  /** The same on another database of the server, such as a restored copy. */
  public Change rehearse(String database) throws SQLException, IOException, InterruptedException {
    State before = state(database);
    OneOff.Order order = order(database, "rehearsal");
    OneOff.Ended ended = oneOff.run(order);
    if (ended.exitCode() != 0 || !ended.inTime()) {
      throw failed(ended, state(database));
    }
    return new Change(before, state(database));
  }

  private State run(OneOff.Order order, Guard guard)
      throws SQLException, IOException, InterruptedException {
    Duration budget = server.spec().migration().lockBudget();
    long deadline = System.nanoTime() + budget.toNanos();
    LockSchedule schedule = new LockSchedule(server.spec().lockLimit());
    for (int attempt = 0; ; attempt++) {
      State before = state(server.database());
      ledger().append("command begins", Map.of("run", command.run(), "state", before));
      progress.report("running " + command.run());
      OneOff.Ended ended = oneOff.run(order);
      guard.requireHeld();
      State after = state(server.database());
      ledger().append("command ended", Map.of("exitCode", ended.exitCode(), "state", after));
      if (ended.exitCode() == 0 && ended.inTime()) {
        return after;
      }
      boolean again = gaveWay(ended) && after.equals(before) && System.nanoTime() < deadline;
      if (!again) {
        throw failed(ended, after);
      }
      progress.report("gave way to the live traffic, and tries again");
      Thread.sleep(schedule.pause(attempt, ThreadLocalRandom.current()));
    }
  }

  private OneOff.Order order(String database, String purpose) {
    Map<String, String> environment = new LinkedHashMap<>(place.environment());
    Map<String, String> ours = server.toolEnvironment(database, Purpose.MIGRATION);
    environment.put("PGAPPNAME", ours.getOrDefault("PGAPPNAME", ""));
    environment.putIfAbsent(
        "PGOPTIONS",
        "%s -c lock_timeout=%d"
            .formatted(
                ours.getOrDefault("PGOPTIONS", "").strip(), server.spec().lockLimit().toMillis()));
    environment.put(command.urlVariable(), server.filled(command.urlForm(), database));
    Set<String> secret = new TreeSet<>(place.secretVariables());
    secret.add(command.urlVariable());
    return new OneOff.Order(
        "%s-%s-%s".formatted(server.launch().service(), server.launch().environment(), purpose),
        server.launch(),
        place.image(),
        place.network(),
        command.run(),
        environment,
        secret,
        server.spec().migrationLimit());
  }

  /** Before the first attempt of the launch. */
  private State start(State now) throws IOException {
    Path file = folder.path().resolve("command-start.json");
    if (!Files.exists(file)) {
      folder.write(file, Payloads.mapper().writeValueAsBytes(now));
    }
    return Payloads.mapper().readValue(file.toFile(), State.class);
  }

  private State state(String database) throws SQLException {
    String version = version(database);
    try (Connection connection = server.open(database, Purpose.READ)) {
      return new State(version, Catalog.read(Canonical.of(connection)).restoredFingerprint());
    }
  }

  private String version(String database) throws SQLException {
    try (Connection connection = server.open(database, Purpose.READ);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(command.versionQuery())) {
      String version = result.next() ? result.getString(1) : null;
      return version == null ? History.NO_VERSION : version;
    } catch (SQLException refused) {
      if (NO_TABLE_YET.contains(SqlTrouble.state(refused))) {
        return History.NO_VERSION;
      }
      throw refused;
    }
  }

  private static void requireKnown(Rehearsals rehearsed, State now) {
    boolean known =
        now.fingerprint().equals(rehearsed.fingerprint(0))
            || now.fingerprint().equals(rehearsed.lastFingerprint());
    if (!known) {
      throw held("the live schema is neither the one before nor the one after the rehearsal", now);
    }
  }

  private static boolean gaveWay(OneOff.Ended ended) {
    return ended.lastLines().stream().anyMatch(line -> GAVE_WAY.stream().anyMatch(line::contains));
  }

  private ApplicationFailure failed(OneOff.Ended ended, State after) {
    String end =
        ended.inTime()
            ? "ended with code " + ended.exitCode()
            : "did not end within %s and was ended".formatted(server.spec().migrationLimit());
    String words = ended.lastLines().isEmpty() ? "it said nothing" : ended.lastLines().getLast();
    return FailureType.MIGRATION_FAILED.permanent(
        "%s %s: %s; the schema stands at version %s"
            .formatted(String.join(" ", command.run()), end, words, after.version()));
  }

  private static ApplicationFailure held(String sentence, State now) {
    return FailureType.MIGRATION_FAILED.permanent(
        "the migration is held: %s; it stands at version %s, the catalog's fingerprint is %s"
            .formatted(sentence, now.version(), now.fingerprint()));
  }

  private Ledger ledger() {
    return Ledger.of(folder);
  }
}

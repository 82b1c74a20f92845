package dev.liftoff.activities.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.liftoff.FailureType;
import dev.liftoff.Payloads;
import dev.liftoff.SecretReference;
import dev.liftoff.activities.Heartbeat;
import dev.liftoff.activities.Secrets;
import dev.liftoff.activities.container.DockerContainers;
import dev.liftoff.activities.container.Recipe;
import dev.liftoff.activities.container.TrialContainers;
import dev.liftoff.activities.container.TrialOrder;
import dev.liftoff.activities.database.CopyServers;
import dev.liftoff.activities.database.PostgresCluster;
import dev.liftoff.activities.database.PostgresServer;
import dev.liftoff.activities.database.proof.CopyRights;
import dev.liftoff.activities.probe.NetworkProbe;
import dev.liftoff.compatibility.Compatibility;
import dev.liftoff.compatibility.CompatibilityContract;
import dev.liftoff.compatibility.CompatibilitySpec;
import dev.liftoff.compatibility.Compatible;
import dev.liftoff.compatibility.Trial;
import dev.liftoff.compatibility.TrialRole;
import dev.liftoff.container.ContainerSpec;
import dev.liftoff.container.Endpoint;
import dev.liftoff.container.Image;
import dev.liftoff.container.ImageReference;
import dev.liftoff.container.Slot;
import dev.liftoff.database.DatabaseSpec;
import dev.liftoff.probe.Check;
import io.temporal.client.ActivityCanceledException;
import io.temporal.failure.ApplicationFailure;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DockerCompatibilityIT extends CompatibilityContract {
  private static final String TABLE =
      "CREATE TABLE orders (id text PRIMARY KEY, item text NOT NULL)";
  private static final String OLD_READ = "SELECT count(item) FROM orders";
  private static final String OLD_WRITE = "INSERT INTO orders (id, item) VALUES (:'run', '1')";
  private static final String NEW_READ = "SELECT count(channel) FROM orders";
  private static final String NEW_WRITE =
      "INSERT INTO orders (id, item, channel) VALUES (:'run', '2', 'web')";
  private static final String ADD_CHANNEL = "ALTER TABLE orders ADD channel text";
  private static final String BASELINE = "contract-it-blue";
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final Secrets SECRETS =
      new Secrets(Map.of("OWNER", PostgresCluster.PASSWORD, "SERVICE", PostgresCluster.PASSWORD));
  @TempDir private static Path folder;
  private static TrialStage stage;
  private static PostgresCluster cluster;

  private DockerCompatibility compatibility;
  private String copy = "";

  @BeforeAll
  static void open() throws Exception {
    stage = new TrialStage(folder);
    cluster = new PostgresCluster("listen_addresses=127.0.0.1," + TrialStage.GATEWAY);
    cluster.execute(
        "postgres",
        "COPY (SELECT 'host all all %s scram-sha-256') TO PROGRAM 'cat >> pg_hba.conf'"
            .formatted(TrialStage.SUBNET));
    cluster.execute("postgres", "SELECT pg_reload_conf()");
    cluster.execute(
        "postgres", "CREATE ROLE service LOGIN PASSWORD '" + PostgresCluster.PASSWORD + "'");
    cluster.execute("postgres", "GRANT pg_monitor TO shop");
    cluster.execute("postgres", "CREATE DATABASE live OWNER shop");
    execute("live", TABLE);
    execute("live", "GRANT SELECT, INSERT ON orders TO service");
  }

  @AfterAll
  static void close() throws Exception {
    stage.close();
    cluster.stop();
  }

  @BeforeEach
  void connect() {
    compatibility = compatibility(Heartbeat.none());
  }

  @AfterEach
  void tidy() throws SQLException {
    compatibility.close();
    stage.removeContainers();
    cluster.execute(
        "postgres",
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'service'");
    if (!copy.isEmpty()) {
      cluster.execute("postgres", "DROP DATABASE " + copy + " WITH (FORCE)");
    }
    assertThat(cluster.value("live", "SELECT count(*) FROM orders")).isEqualTo("0");
  }

  @Test
  void everyRunSaysWhichImageItWas() {
    Compatible answer = prove(Pair.COMPATIBLE);

    String id = stage.client.inspectImageCmd(TrialStage.IMAGE).exec().getId();
    assertThat(answer.runs()).allSatisfy(run -> assertThat(run.image()).endsWith("@" + id));
  }

  @Test
  void theRowsOfAllRunsAreInTheCopyAndNoneInTheLiveDatabase() throws SQLException {
    prove(Pair.COMPATIBLE);

    assertThat(cluster.value(copy, "SELECT count(*) FROM orders")).isEqualTo("3");
    assertThat(
            cluster.value(
                copy, "SELECT count(*) FROM orders WHERE id LIKE 'run=________-candidate'"))
        .isEqualTo("1");
  }

  @Test
  void anOldVersionThatGoesPastTheProxyIsFoundBeforeItIsAskedToWrite() {
    Trial trial =
        trial(
            ADD_CHANNEL,
            Map.of(
                "READ",
                OLD_READ,
                "WRITE",
                OLD_WRITE,
                "DIRECT",
                TrialStage.GATEWAY,
                "DIRECT_PORT",
                "" + cluster.port()),
            Map.of("READ", NEW_READ, "WRITE", NEW_WRITE));

    Compatible answer = compatibility.prove(LAUNCH, spec(), trial);

    assertThat(answer.findings())
        .singleElement()
        .asString()
        .contains("1 sessions on the live server past the copy");
    assertThat(answer.runs())
        .singleElement()
        .satisfies(run -> {
          assertThat(run.role()).isEqualTo(TrialRole.BASELINE);
          assertThat(run.checks()).isEmpty();
        });
  }

  @Test
  void aRightThatTheMigrationTakesAwayIsFound() throws SQLException {
    Trial trial = trial(Pair.COMPATIBLE);
    execute(copy, "REVOKE INSERT ON orders FROM service");

    Compatible answer = compatibility.prove(LAUNCH, spec(), trial);

    assertThat(answer.findings()).anyMatch(each -> each.contains("SQLSTATE 42501"));
  }

  @Test
  void noSecretIsInTheAnswer() {
    Compatible answer = prove(Pair.READS_WHAT_IS_GONE);

    String written = Payloads.converter().toPayload(answer).orElseThrow().getData().toStringUtf8();
    assertThat(written).doesNotContain(PostgresCluster.PASSWORD);
  }

  @Test
  void aContainerUnderTrialIsInNoSlotAndPublishesNothing() {
    Trial trial = trial(Pair.COMPATIBLE);
    try (TrialContainers containers = new TrialContainers(engine(), SECRETS, Heartbeat.none());
        DockerContainers slots = new DockerContainers(engine(), SECRETS, Heartbeat.none())) {
      Recipe recipe = Recipe.ofPlan(trial.candidate(), trial.container(), SECRETS);
      assertThat(
              containers.start(new TrialOrder(LAUNCH, TrialStage.TRIAL, recipe, trial.container())))
          .isEmpty();

      assertThat(slots.running(LAUNCH, trial.container()))
          .extracting(Endpoint::container)
          .containsExactly(BASELINE);
      var inspected = stage.client.inspectContainerCmd("contract-it-trial").exec();
      assertThat(inspected.getConfig().getLabels()).doesNotContainKey("dev.liftoff.slot");
      assertThat(inspected.getNetworkSettings().getPorts().getBindings()).isEmpty();
    }
  }

  @Test
  void aContainerOfThatNameThatIsNoTrialIsLeftAlone() {
    Trial trial = trial(Pair.COMPATIBLE);
    stage.run("contract-it-trial", TrialStage.TRIAL, Map.of(), List.of());

    ApplicationFailure refused =
        catchThrowableOfType(
            ApplicationFailure.class, () -> compatibility.prove(LAUNCH, spec(), trial));

    assertThat(refused.getType()).isEqualTo(FailureType.NOT_OURS.name());
    assertThat(hasContainer()).isTrue();
  }

  @Test
  void anAddressInUseNamesItsHolder() {
    Trial trial = trial(Pair.COMPATIBLE);
    stage.run("somebody-else", TrialStage.TRIAL, Map.of(), List.of());

    ApplicationFailure refused =
        catchThrowableOfType(
            ApplicationFailure.class, () -> compatibility.prove(LAUNCH, spec(), trial));

    assertThat(refused.getType()).isEqualTo(FailureType.PORT_TAKEN.name());
    assertThat(refused.getOriginalMessage()).contains(TrialStage.TRIAL, "somebody-else");
  }

  @Test
  void aTrialThatNobodyWaitsForAnyMoreLeavesNoContainer() {
    Trial trial = trial(Pair.COMPATIBLE);
    AtomicInteger beats = new AtomicInteger();
    Heartbeat cancelled =
        details -> {
          if (stage.exists("contract-it-trial")) {
            beats.incrementAndGet();
            throw new ActivityCanceledException();
          }
        };
    try (DockerCompatibility unwanted = compatibility(cancelled)) {
      assertThatThrownBy(() -> unwanted.prove(LAUNCH, spec(), trial))
          .isInstanceOf(ActivityCanceledException.class);
    }

    assertThat(beats).hasPositiveValue();
    assertThat(hasContainer()).isFalse();
  }

  @Test
  void aCopyThatDoesNotExistIsNamed() {
    Trial trial = trial(Pair.COMPATIBLE);
    Trial astray =
        new Trial(
            trial.database(),
            "liftoff_scratch_nowhere",
            trial.container(),
            trial.baseline(),
            trial.candidate());

    ApplicationFailure refused =
        catchThrowableOfType(
            ApplicationFailure.class, () -> compatibility.prove(LAUNCH, spec(), astray));

    assertThat(refused.getType()).isEqualTo(FailureType.DATABASE_REFUSED.name());
    assertThat(refused.getOriginalMessage()).contains("liftoff_scratch_nowhere");
  }

  @Override
  protected Compatibility compatibility() {
    return compatibility;
  }

  @Override
  protected CompatibilitySpec spec() {
    return new CompatibilitySpec(
        TrialStage.TRIAL,
        Map.of("PGHOST", "{host}", "PGPORT", "{port}"),
        List.of(check("place an order", "POST"), check("orders", "GET")),
        List.of(check("orders of the candidate", "GET")),
        List.of());
  }

  @Override
  protected Trial trial(Pair pair) {
    Map<String, String> old = Map.of("READ", OLD_READ, "WRITE", OLD_WRITE);
    Map<String, String> fresh = Map.of("READ", NEW_READ, "WRITE", NEW_WRITE);
    return switch (pair) {
      case COMPATIBLE -> trial(ADD_CHANNEL, old, fresh);
      case NEW_ONLY -> withoutBaseline(trial(ADD_CHANNEL, old, fresh));
      case READS_WHAT_IS_GONE ->
          trial(
              "ALTER TABLE orders RENAME item TO article",
              old,
              Map.of(
                  "READ", "SELECT count(article) FROM orders",
                  "WRITE", "INSERT INTO orders (id, article) VALUES (:'run', '2')"));
      case WRITES_WITHOUT_WHAT_IS_MANDATORY -> trial(ADD_CHANNEL + " NOT NULL", old, fresh);
      case STUMBLES_OVER_NEW_ROWS ->
          trial(
              ADD_CHANNEL,
              Map.of("READ", "SELECT sum(item::int) FROM orders", "WRITE", OLD_WRITE),
              Map.of("READ", NEW_READ, "WRITE", NEW_WRITE.replace("'2'", "'two'")));
      case NEW_IS_WRONG ->
          trial(ADD_CHANNEL, old, Map.of("READ", "SELECT colour FROM orders", "WRITE", NEW_WRITE));
      case OLD_DOES_NOT_START ->
          trial(
              "ALTER TABLE orders RENAME item TO article",
              Map.of("START", OLD_READ),
              Map.of("READ", "SELECT count(article) FROM orders"));
      case NEVER_CONNECTS -> trial(ADD_CHANNEL, Map.of(), Map.of());
    };
  }

  @Override
  protected boolean hasContainer() {
    return stage.exists("contract-it-trial");
  }

  @Override
  protected void givenALeftover(Trial trial) {
    stage.run(
        "contract-it-trial",
        TrialStage.TRIAL,
        Map.of("dev.liftoff.trial", "contract/it/v1/7"),
        List.of());
  }

  private static Trial withoutBaseline(Trial trial) {
    return new Trial(trial.database(), trial.copy(), trial.container(), null, trial.candidate());
  }

  private Trial trial(String migration, Map<String, String> old, Map<String, String> fresh) {
    try {
      return staged(migration, old, fresh);
    } catch (SQLException failed) {
      throw new AssertionError(failed);
    }
  }

  private Trial staged(String migration, Map<String, String> old, Map<String, String> fresh)
      throws SQLException {
    copy = "liftoff_scratch_it_" + COUNT.incrementAndGet();
    cluster.execute("postgres", "CREATE DATABASE " + copy + " OWNER shop");
    // As it is restored: without any privileges.
    execute(copy, TABLE);
    CopyRights.give(server(), copy);
    execute(copy, migration);
    Map<String, String> variables = new TreeMap<>(old);
    variables.putAll(connecting(PostgresCluster.PASSWORD));
    stage.run(BASELINE, TrialStage.BLUE, labels(), assignments(variables));
    Map<String, String> ofCandidate = new TreeMap<>(fresh);
    ofCandidate.putAll(connecting("env:SERVICE"));
    return new Trial(database(), copy, container(ofCandidate), baseline(), candidate());
  }

  private static Map<String, String> connecting(String password) {
    return Map.of("PGUSER", "service", "PGPASSWORD", password, "PGDATABASE", "live");
  }

  private static List<String> assignments(Map<String, String> variables) {
    List<String> assignments = new ArrayList<>();
    variables.forEach((name, value) -> assignments.add(name + "=" + value));
    return assignments;
  }

  private static Map<String, String> labels() {
    return Map.of(
        "dev.liftoff.service", "contract",
        "dev.liftoff.environment", "it",
        "dev.liftoff.slot", "blue",
        "dev.liftoff.version", "v1");
  }

  private static Endpoint baseline() {
    return new Endpoint(
        Slot.BLUE, BASELINE, "v1", URI.create("http://" + TrialStage.BLUE + ":8080"));
  }

  private static Image candidate() {
    try (DockerContainers containers = new DockerContainers(engine(), SECRETS, Heartbeat.none())) {
      return containers.pin(LAUNCH, new ImageReference(TrialStage.IMAGE, null));
    }
  }

  private static ContainerSpec container(Map<String, String> environment) {
    return new ContainerSpec(
        8080,
        TrialStage.NETWORK,
        Map.of(Slot.BLUE, TrialStage.BLUE, Slot.GREEN, TrialStage.GREEN),
        environment,
        Map.of(),
        64L << 20,
        0,
        List.of(),
        "/ready",
        Duration.ofSeconds(20),
        Duration.ofSeconds(3),
        List.of());
  }

  private static DatabaseSpec database() {
    return new DatabaseSpec(
        cluster.url("live"),
        "shop",
        new SecretReference("env:OWNER"),
        "/migrations",
        Duration.ofMinutes(1),
        Duration.ofMinutes(1),
        Duration.ofSeconds(2),
        null,
        null,
        null,
        null);
  }

  private static PostgresServer server() {
    return new PostgresServer(LAUNCH, database(), SECRETS, Duration.ofSeconds(5));
  }

  private static Check check(String name, String method) {
    return new Check.Http(
        name,
        method,
        "{candidate}/cgi-bin/sql?run={run}",
        Map.of(),
        null,
        200,
        Map.of(),
        Duration.ofSeconds(5));
  }

  private static DockerCompatibility compatibility(Heartbeat heartbeat) {
    return new DockerCompatibility(
        new DockerCompatibility.Settings(
            engine(),
            new NetworkProbe.Settings(Duration.ofSeconds(5)),
            Duration.ofSeconds(5),
            null),
        SECRETS,
        CopyServers.OF_LIVE,
        heartbeat);
  }

  private static DockerContainers.Settings engine() {
    return DockerContainers.Settings.on(TrialStage.ADDRESS, folder);
  }

  private static void execute(String database, String sql) throws SQLException {
    try (Connection connection = cluster.shop(database);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}

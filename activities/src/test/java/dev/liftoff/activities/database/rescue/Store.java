package dev.liftoff.activities.database.rescue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.liftoff.LaunchId;
import dev.liftoff.Payloads;
import dev.liftoff.SecretReference;
import dev.liftoff.activities.Secrets;
import dev.liftoff.activities.database.Canonical;
import dev.liftoff.activities.database.Catalog;
import dev.liftoff.activities.database.LaunchFolder;
import dev.liftoff.activities.database.PostgresCluster;
import dev.liftoff.activities.database.PostgresServer;
import dev.liftoff.activities.database.Progress;
import dev.liftoff.activities.database.TableContents;
import dev.liftoff.activities.database.backup.RestorePoints;
import dev.liftoff.activities.database.integrity.BeforeMigration;
import dev.liftoff.activities.database.pace.ServiceLatency;
import dev.liftoff.activities.database.rehearsal.SavedRehearsal;
import dev.liftoff.database.BusinessCheck;
import dev.liftoff.database.DatabaseSpec;
import dev.liftoff.database.MigrationClass;
import dev.liftoff.database.MigrationSpec;
import dev.liftoff.database.Rehearsal;
import dev.liftoff.database.Rehearsed;
import dev.liftoff.database.RescuePlan;
import dev.liftoff.database.Rescued;
import dev.liftoff.database.RowsTouched;
import dev.liftoff.database.Writes;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A database that {@code shop} owns and migrates, and that the service enters as {@code clerk}.
 * Shop has what README asks for, and no more: it owns the database, may create others, and may end
 * sessions.
 */
public final class Store {
  public static final LaunchId LAUNCH = LaunchId.parse("store/production/v2/1");
  public static final String TWIN = Names.twin(LAUNCH);
  private static final AtomicInteger COUNT = new AtomicInteger();

  public final @Nullable PostgresCluster cluster;
  public final int port;
  public final String name;
  public final Path artifacts;
  public final Progress progress = new Progress();
  private List<String> roles = List.of("clerk");
  private List<BusinessCheck> checks = List.of();
  private Duration freezeLimit = Duration.ofMinutes(2);
  private Writes writes = Writes.FROZEN;

  /** One that exists, in the server of another process. */
  public Store(int port, String name, Path artifacts) {
    this(null, port, name, artifacts);
  }

  private Store(@Nullable PostgresCluster cluster, int port, String name, Path artifacts) {
    this.cluster = cluster;
    this.port = port;
    this.name = name;
    this.artifacts = artifacts;
  }

  public static PostgresCluster cluster() throws Exception {
    PostgresCluster cluster = new PostgresCluster();
    cluster.execute(
        "postgres",
        "CREATE ROLE clerk LOGIN PASSWORD '%s'; GRANT pg_signal_backend TO shop"
            .formatted(PostgresCluster.PASSWORD));
    return cluster;
  }

  public static Store create(PostgresCluster cluster, Path artifacts) throws SQLException {
    Store store = new Store(cluster, cluster.port(), "store_" + COUNT.incrementAndGet(), artifacts);
    cluster.execute("postgres", "CREATE DATABASE %s OWNER shop".formatted(store.name));
    store.execute(
        """
        CREATE TABLE customers (id bigint PRIMARY KEY, name text NOT NULL UNIQUE);
        CREATE TABLE orders (
          id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
          customer bigint NOT NULL REFERENCES customers ON DELETE CASCADE,
          amount numeric(12,2) NOT NULL, items jsonb, changes int NOT NULL DEFAULT 0);
        CREATE TABLE visits (at timestamptz NOT NULL, page text);
        CREATE FUNCTION noted() RETURNS trigger LANGUAGE plpgsql AS
          $$ BEGIN NEW.changes := NEW.changes + 1; RETURN NEW; END $$;
        CREATE TRIGGER noted BEFORE INSERT OR UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION noted();
        INSERT INTO customers SELECT i, 'customer ' || i FROM generate_series(1, 200) i;
        INSERT INTO orders (customer, amount, items)
          SELECT 1 + i % 200, i / 100.0, jsonb_build_object('n', i) FROM generate_series(1, 2000) i;
        INSERT INTO visits SELECT now(), 'page ' || i FROM generate_series(1, 50) i;
        GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON ALL TABLES IN SCHEMA public TO clerk;
        GRANT CREATE ON SCHEMA public TO clerk;
        """);
    return store;
  }

  public Store roles(String... names) {
    roles = List.of(names);
    return this;
  }

  public Store checks(BusinessCheck... more) {
    checks = List.of(more);
    return this;
  }

  public Store freezeLimit(Duration limit) {
    freezeLimit = limit;
    return this;
  }

  public PostgresServer server() {
    return new PostgresServer(
        LAUNCH,
        new DatabaseSpec(
            "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, name),
            "shop",
            new SecretReference("env:SHOP_PASSWORD"),
            "migrations",
            Duration.ofMinutes(2),
            Duration.ofMinutes(2),
            Duration.ofSeconds(1),
            null,
            new MigrationSpec(null, writes, freezeLimit, Duration.ofMinutes(1), List.of()),
            roles,
            checks),
        new Secrets(Map.of("SHOP_PASSWORD", PostgresCluster.PASSWORD)),
        Duration.ofSeconds(5));
  }

  public LaunchFolder folder() throws IOException {
    return LaunchFolder.of(artifacts, LAUNCH);
  }

  public Freeze freeze() throws IOException {
    return new Freeze(server(), folder(), progress);
  }

  public Twin twin() throws IOException {
    return new Twin(server(), folder(), progress);
  }

  public PutBack putBack() throws IOException {
    return new PutBack(server(), folder(), progress);
  }

  public Opening opening() throws IOException {
    return new Opening(server(), folder(), progress);
  }

  public RescuePlan plan() throws Exception {
    return new RescuePlanning(server(), folder(), null, progress).plan();
  }

  public Rescued rescue(RescuePlan plan) throws Exception {
    return rescue(plan, _ -> {});
  }

  public Rescued rescue(RescuePlan plan, Rescue.Witness witness) throws Exception {
    return new Rescue(server(), folder(), progress, witness).carryOut(plan, plan.code());
  }

  /** Migrated with frozen writes, and opened again. */
  public Store launched(String migration) throws Exception {
    freeze().begin();
    var _ = twin().make();
    execute(migration);
    var _ = opening().open();
    return this;
  }

  public Store online() {
    writes = Writes.ONLINE;
    return this;
  }

  /** Its restore point is taken, and what else a migration notes before it begins. */
  public Store saved() throws Exception {
    var _ =
        new RestorePoints(
                server(),
                folder(),
                null,
                2,
                progress,
                TableContents::read,
                ServiceLatency.unknown())
            .take();
    assertThat(BeforeMigration.note(server(), folder())).isEmpty();
    return this;
  }

  /**
   * Migrated while the service went on, as it was rehearsed.
   *
   * @param rows what the rehearsal counted
   * @param changed the columns to which it gave other values; null where that is not known
   */
  public Store launchedOnline(
      String migration, Map<String, RowsTouched> rows, @Nullable Map<String, List<String>> changed)
      throws Exception {
    online().saved();
    String before = fingerprint();
    execute(migration);
    Rehearsed step =
        new Rehearsed(
            "2",
            "V2__more.sql",
            "",
            MigrationClass.EXPAND,
            Duration.ZERO,
            List.of(),
            List.of(),
            rows,
            List.of(),
            fingerprint(),
            true);
    Rehearsal rehearsal =
        new Rehearsal(before, List.of(step), MigrationClass.EXPAND, List.of(), List.of(), changed);
    SavedRehearsal saved = new SavedRehearsal(Map.of(), List.of(), Writes.ONLINE, rehearsal);
    folder().write(folder().rehearsal(), Payloads.mapper().writeValueAsBytes(saved));
    return this;
  }

  private String fingerprint() throws SQLException {
    try (Connection connection = Canonical.of(cluster.shop(name))) {
      return Catalog.read(connection).restoredFingerprint();
    }
  }

  /** As the service. */
  public Connection clerk() throws SQLException {
    return DriverManager.getConnection(cluster.url(name), "clerk", PostgresCluster.PASSWORD);
  }

  public boolean clerkGetsIn() {
    try (Connection connection = clerk()) {
      return connection.isValid(5);
    } catch (SQLException keptOut) {
      return false;
    }
  }

  public void execute(String sql) throws SQLException {
    try (Connection connection = cluster.shop(name)) {
      Sql.execute(connection, sql);
    }
  }

  public void serve(String sql) throws SQLException {
    try (Connection connection = clerk()) {
      Sql.execute(connection, sql);
    }
  }

  public String value(String sql) throws SQLException {
    return String.valueOf(cluster.value(name, sql));
  }

  public String rights() throws SQLException {
    return rights(name);
  }

  public String rights(String database) throws SQLException {
    return String.valueOf(
        cluster.value(
            "postgres", "SELECT datacl FROM pg_database WHERE datname = '%s'".formatted(database)));
  }

  public String post() {
    return Names.post(name, LAUNCH);
  }

  /** All rows of a query, in the order of its first column, in the database that was live. */
  public String rowsKept(String query) throws SQLException {
    cluster.execute("postgres", "ALTER DATABASE %s ALLOW_CONNECTIONS true".formatted(post()));
    return rows(post(), query);
  }

  public String rows(String query) throws SQLException {
    return rows(name, query);
  }

  private String rows(String database, String query) throws SQLException {
    return String.valueOf(
        cluster.value(
            database,
            "SELECT string_agg(r::text, E'\n' ORDER BY r) FROM (%s) AS r".formatted(query)));
  }

  public boolean exists(String database) throws SQLException {
    return cluster
        .value(
            "postgres", "SELECT count(*) FROM pg_database WHERE datname = '%s'".formatted(database))
        .equals("1");
  }

  public void drop() throws SQLException {
    for (String database : List.of(name, TWIN, Names.post(name, LAUNCH))) {
      cluster.execute(
          "postgres", "DROP DATABASE IF EXISTS %s WITH (FORCE)".formatted(Names.quoted(database)));
    }
  }
}

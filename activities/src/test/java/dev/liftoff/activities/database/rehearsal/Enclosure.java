package dev.liftoff.activities.database.rehearsal;

import dev.liftoff.LaunchId;
import dev.liftoff.SecretReference;
import dev.liftoff.activities.Secrets;
import dev.liftoff.activities.database.LaunchFolder;
import dev.liftoff.activities.database.PostgresCluster;
import dev.liftoff.activities.database.PostgresServer;
import dev.liftoff.activities.database.Progress;
import dev.liftoff.activities.database.migration.Flyways;
import dev.liftoff.database.DatabaseSpec;
import dev.liftoff.database.Rehearsal;
import dev.liftoff.database.Waiver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A live database at version 1 and a copy of it for each animal. */
final class Enclosure {
  private static final String TEMPLATE = "zoo";
  private static final AtomicInteger COUNT = new AtomicInteger();

  private final PostgresCluster cluster;
  private final Path folder;

  Enclosure(PostgresCluster cluster, Path folder) throws SQLException, IOException {
    this.cluster = cluster;
    this.folder = folder;
    cluster.execute("postgres", "CREATE DATABASE %s OWNER shop".formatted(TEMPLATE));
    Path base = Files.createDirectory(folder.resolve("base"));
    Files.writeString(base.resolve("V1__base.sql"), Zoo.BASE);
    new Flyways(server(TEMPLATE, 0), base).configuration(Duration.ZERO).load().migrate();
  }

  /** The live database is only read, so those that need nothing of their own share one. */
  Rehearsal rehearse(Animal animal) throws Exception {
    boolean shared = animal.setUp().isEmpty();
    Pair pair = shared ? pair(TEMPLATE, animal.files()) : own(animal.setUp(), animal.files());
    try {
      return pair.run().rehearse(pair.migrations(), List.of(), animal.writes());
    } finally {
      drop(pair.copy());
      if (!shared) {
        drop(pair.live());
      }
    }
  }

  /** What a test needs of one animal. */
  record Pair(RehearsalRun run, String live, String copy, Path migrations, LaunchFolder launch) {
    Rehearsal rehearse(List<Waiver> waivers) throws Exception {
      return run.rehearse(migrations, waivers, dev.liftoff.database.Writes.ONLINE);
    }
  }

  /** With a live database that is nobody else's. */
  Pair own(String setUp, Map<String, String> files) throws SQLException, IOException {
    String live = "live_" + COUNT.incrementAndGet();
    clone(TEMPLATE, live);
    execute(live, setUp);
    return pair(live, files);
  }

  private Pair pair(String live, Map<String, String> files) throws SQLException, IOException {
    int number = COUNT.incrementAndGet();
    String copy = "copy_" + number;
    clone(live, copy);
    Path home = Files.createDirectory(folder.resolve("animal-" + number));
    Path migrations = Files.createDirectory(home.resolve("migrations"));
    Files.writeString(migrations.resolve("V1__base.sql"), Zoo.BASE);
    for (Map.Entry<String, String> file : files.entrySet()) {
      Files.writeString(migrations.resolve(file.getKey()), file.getValue());
    }
    LaunchFolder launch = LaunchFolder.of(home, launch(number));
    RehearsalRun run = new RehearsalRun(server(live, number), copy, launch, new Progress());
    return new Pair(run, live, copy, migrations, launch);
  }

  void clone(String from, String to) throws SQLException {
    cluster.execute("postgres", "CREATE DATABASE %s TEMPLATE %s OWNER shop".formatted(to, from));
  }

  void drop(Pair pair) throws SQLException {
    drop(pair.live());
    drop(pair.copy());
  }

  void drop(String database) throws SQLException {
    cluster.execute("postgres", "DROP DATABASE %s WITH (FORCE)".formatted(database));
  }

  void execute(String database, String sql) throws SQLException {
    try (Connection connection = cluster.shop(database);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private PostgresServer server(String database, int number) {
    DatabaseSpec spec =
        new DatabaseSpec(
            cluster.url(database),
            "shop",
            new SecretReference("env:SHOP_PASSWORD"),
            "migrations",
            Duration.ofMinutes(2),
            Duration.ofSeconds(20),
            Duration.ofSeconds(2),
            null,
            null,
            null,
            null);
    Secrets secrets = new Secrets(Map.of("SHOP_PASSWORD", PostgresCluster.PASSWORD));
    return new PostgresServer(launch(number), spec, secrets, Duration.ofSeconds(5));
  }

  private static LaunchId launch(int number) {
    return LaunchId.parse("zoo/production/v2/" + number);
  }
}

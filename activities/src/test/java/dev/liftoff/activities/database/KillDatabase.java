package dev.liftoff.activities.database;

import dev.liftoff.Payloads;
import dev.liftoff.activities.database.backup.CopiedServer;
import dev.liftoff.activities.database.migration.Ledger;
import dev.liftoff.database.Integrity;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Kills the process that takes a database from its backup to its integrity check at a random
 * moment, again and again, while the service writes; a new process goes on. Every end must be the
 * planned one, and every row that was acknowledged must be there.
 */
final class KillDatabase {
  private static final String STEPS = "backup,rehearse,migrate,verify";
  private static final Duration RUN_LIMIT = Duration.ofMinutes(3);
  private static final int ROWS = 3000;

  /** Rows that the migration itself adds; another number means that it ran twice or in part. */
  private static final int SEEDED = 20_000;

  private final PostgresCluster cluster;
  private final Path folder;
  private final Random random;
  private final PrintStream out;
  private final boolean physical;
  private long wholeMillis;
  private long migrateMillis;
  private int legal;
  private long lost;

  KillDatabase(PostgresCluster cluster, Path folder, long seed, PrintStream out) {
    this(cluster, folder, seed, out, false);
  }

  /**
   * @param physical the whole server is copied, and the copy proven and rehearsed on as a server of
   *     its own
   */
  KillDatabase(PostgresCluster cluster, Path folder, long seed, PrintStream out, boolean physical) {
    this.physical = physical;
    this.cluster = cluster;
    this.folder = folder;
    this.random = new Random(seed);
    this.out = out;
  }

  /**
   * Arguments: how many times, the method of the backup, and the seed of the moments; a random one
   * when it is left out.
   */
  public static void main(String[] arguments) throws Exception {
    int times = Integer.parseInt(arguments[0]);
    boolean physical = arguments[1].equals("physical");
    long seed = arguments.length > 2 ? Long.parseLong(arguments[2]) : System.nanoTime();
    PostgresCluster cluster = new PostgresCluster();
    cluster.execute("postgres", "ALTER ROLE shop REPLICATION");
    Path folder = Files.createTempDirectory("liftoff-kill-database");
    try {
      System.out.println("seed=" + seed);
      boolean passed = new KillDatabase(cluster, folder, seed, System.out, physical).run(times);
      System.exit(passed ? 0 : 1);
    } finally {
      cluster.stop();
      delete(folder);
    }
  }

  boolean run(int times) throws Exception {
    calibrate();
    for (int each = 1; each <= times; each++) {
      run(each, times);
    }
    out.printf("runs=%d legal=%d lost=%d%n", times, legal, lost);
    return legal == times && lost == 0;
  }

  /** One way through without a kill, to know how long it takes. */
  private void calibrate() throws Exception {
    try (Place place = new Place(0);
        OrderWriter writer = new OrderWriter(cluster, place.shop.name)) {
      long begun = System.nanoTime();
      Process process = place.start();
      place.await(process, "migrate.begun");
      long migrating = System.nanoTime();
      place.await(process, "migrate.json");
      migrateMillis = millisSince(migrating);
      end(process);
      wholeMillis = millisSince(begun);
      writer.stop();
      String wrong = place.wrong();
      out.printf(
          "unharmed: %d ms, of these %d ms migrating; %s%n",
          wholeMillis, migrateMillis, wrong.isEmpty() ? "legal" : wrong);
    }
  }

  private void run(int number, int times) throws Exception {
    try (Place place = new Place(number);
        OrderWriter writer = new OrderWriter(cluster, place.shop.name)) {
      String phase = kill(place, number % 2 == 0);
      end(place.start());
      writer.stop();
      String wrong = place.wrong();
      long gone = place.gone(writer);
      legal += wrong.isEmpty() ? 1 : 0;
      lost += gone;
      out.printf(
          "run %d/%d killed in %s: %s acknowledged=%d lost=%d hash=%s slowest=%dms%n",
          number,
          times,
          phase,
          wrong.isEmpty() ? "legal" : "ILLEGAL (" + wrong + ")",
          writer.acknowledged().size(),
          gone,
          OrderWriter.hash(writer.kept()).substring(0, 16),
          writer.longestMillis());
    }
  }

  /**
   * Every other time in the migration, which is the shortest part and the one that matters most.
   */
  private String kill(Place place, boolean migrating) throws Exception {
    while (true) {
      Process process = place.start();
      place.await(process, migrating ? "migrate.begun" : "backup.begun");
      Thread.sleep(random.nextLong(migrating ? migrateMillis : wholeMillis * 4 / 5));
      boolean alive = process.isAlive();
      process.destroyForcibly();
      process.onExit().join();
      if (alive) {
        return place.phase();
      }
      place.forgetVerification();
    }
  }

  private static void end(Process process) throws InterruptedException {
    if (!process.waitFor(RUN_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
      process.destroyForcibly();
    }
  }

  private static long millisSince(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
  }

  private static void delete(Path path) throws IOException {
    try (Stream<Path> all = Files.walk(path)) {
      for (Path each : all.sorted((one, other) -> other.compareTo(one)).toList()) {
        Files.delete(each);
      }
    }
  }

  /** The database and the folder of one run. */
  private final class Place implements AutoCloseable {
    private final Path path;
    private final Path copies;
    private final Shop shop;

    Place(int number) throws Exception {
      path = Files.createDirectories(folder.resolve("run-" + number));
      copies = CopiedServer.openFolder("liftoff-beside");
      shop = new Shop(cluster, path);
      cluster.execute(shop.name, "GRANT EXECUTE ON FUNCTION pg_create_restore_point(text) TO shop");
      shop.execute(
          "INSERT INTO orders (item) SELECT 'order ' || n FROM generate_series(1, %d) n"
              .formatted(ROWS));
      shop.migration(
          "V3__kinds.sql",
          "CREATE TABLE kinds (id int PRIMARY KEY, name text); INSERT INTO kinds SELECT n, md5(n::text) FROM generate_series(1, %d) n; ALTER TABLE orders ADD COLUMN kind int"
              .formatted(SEEDED));
      shop.migration("V4__index.sql", "CREATE INDEX CONCURRENTLY orders_item ON orders (item)");
      shop.migration("V5__mark.sql", "UPDATE orders SET kind = 1 WHERE id <= 1000");
      shop.migration(
          "V6__unique.sql", "CREATE UNIQUE INDEX CONCURRENTLY kinds_name ON kinds (name)");
      shop.migration("V7__more.sql", "ALTER TABLE orders ADD COLUMN more text");
      shop.migration(
          "R__view.sql", "CREATE OR REPLACE VIEW marked AS SELECT id FROM orders WHERE kind = 1");
    }

    Process start() throws IOException {
      return DatabaseProcess.start(
          url(),
          shop.artifacts,
          shop.migrations,
          STEPS,
          path.resolve("log"),
          physical ? List.of("PHYSICAL", copies.toString()) : List.of());
    }

    void await(Process process, String file) throws InterruptedException, IOException {
      while (!Files.exists(answer(file))) {
        if (!process.isAlive() && !Files.exists(answer(file))) {
          throw new IllegalStateException("ended before " + file + ": " + log());
        }
        Thread.sleep(5);
      }
    }

    String phase() {
      return Stream.of("verify", "migrate", "rehearse", "backup")
          .filter(step -> Files.exists(answer(step + ".begun")))
          .findFirst()
          .map(step -> Files.exists(answer(step + ".json")) ? "after " + step : step)
          .orElse("start");
    }

    /** The process was through before it could be killed. */
    void forgetVerification() throws IOException {
      for (String file : List.of("migrate.begun", "migrate.json", "verify.begun", "verify.json")) {
        Files.deleteIfExists(answer(file));
      }
    }

    /** Empty when the end is the planned one. */
    String wrong() throws Exception {
      if (!Files.exists(answer("verify.json"))) {
        return "no end: " + log();
      }
      Integrity integrity =
          Payloads.mapper().readValue(answer("verify.json").toFile(), Integrity.class);
      Map<String, String> wanted =
          Map.of(
              "SELECT string_agg(script, ',' ORDER BY installed_rank) FROM flyway_schema_history WHERE success",
              "V1__create_orders.sql,V2__add_notes.sql,V3__kinds.sql,V4__index.sql,V5__mark.sql,V6__unique.sql,V7__more.sql,R__view.sql",
              "SELECT count(*) FROM kinds",
              "" + SEEDED,
              "SELECT count(*) FROM pg_index WHERE NOT indisvalid",
              "0",
              "SELECT count(*) FROM marked",
              "1000",
              "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE 'liftoff%'",
              "0",
              "SELECT count(*) FROM pg_database WHERE datname LIKE '%scratch%'",
              "0");
      StringBuilder wrong = new StringBuilder(String.join("; ", integrity.findings()));
      for (var each : wanted.entrySet()) {
        String found = shop.value(each.getKey());
        if (!each.getValue().equals(found)) {
          wrong.append("; ").append(each.getKey()).append(" is ").append(found);
        }
      }
      try (Stream<Path> left = Files.list(copies)) {
        left.forEach(each -> wrong.append("; a copy of the server is left: ").append(each));
      }
      Ledger ledger = Ledger.of(LaunchFolder.of(shop.artifacts, Shop.LAUNCH));
      ledger.check().forEach(finding -> wrong.append("; ledger: ").append(finding));
      return wrong.toString();
    }

    long gone(OrderWriter writer) throws SQLException {
      Map<Long, String> kept = writer.kept();
      long missing =
          writer.acknowledged().entrySet().stream()
              .filter(row -> !row.getValue().equals(kept.get(row.getKey())))
              .count();
      boolean equal = OrderWriter.hash(writer.acknowledged()).equals(OrderWriter.hash(kept));
      if (equal != (missing == 0)) {
        throw new IllegalStateException("the hash and the rows disagree");
      }
      return missing;
    }

    @Override
    public void close() throws SQLException, IOException {
      try {
        DatabaseProcess.copying(shop.artifacts, copies).copies().servers().discard(Shop.LAUNCH);
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        throw new IOException(stopped);
      }
      shop.drop();
      delete(copies);
      delete(path);
    }

    private String url() {
      return cluster.url(shop.name);
    }

    private Path answer(String file) {
      return shop.artifacts.resolve("answers").resolve(file);
    }

    private String log() throws IOException {
      List<String> lines =
          Files.readAllLines(path.resolve("log"), StandardCharsets.UTF_8).stream()
              .filter(line -> !line.startsWith("\tat "))
              .toList();
      return String.join(" | ", lines.subList(Math.max(0, lines.size() - 12), lines.size()));
    }
  }
}

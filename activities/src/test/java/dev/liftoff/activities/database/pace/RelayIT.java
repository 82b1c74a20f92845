package dev.liftoff.activities.database.pace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.liftoff.activities.Secrets;
import dev.liftoff.activities.database.PostgresCluster;
import dev.liftoff.activities.database.PostgresServer;
import dev.liftoff.activities.database.PostgresTools;
import dev.liftoff.activities.database.Purpose;
import dev.liftoff.activities.database.Shop;
import dev.liftoff.activities.database.Tool;
import dev.liftoff.activities.database.ToolFailed;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RelayIT {
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final long MIB = 1 << 20;
  private static PostgresCluster cluster;

  @TempDir Path folder;
  private final Pace pace = new Pace();
  private Shop shop;
  private PostgresServer server;
  private Relay relay;

  @BeforeAll
  static void start() throws Exception {
    cluster = new PostgresCluster();
  }

  @AfterAll
  static void stop() throws Exception {
    cluster.stop();
  }

  @BeforeEach
  void open() throws Exception {
    shop = new Shop(cluster, folder);
    // Random, so that no compression on the way could make it smaller.
    shop.execute(
        """
        CREATE TABLE large AS
        SELECT n, (SELECT string_agg(md5(n::text || m), '') FROM generate_series(1, 30) m) AS filling
        FROM generate_series(1, 4000) n
        """);
    server =
        new PostgresServer(
            Shop.LAUNCH,
            shop.spec(),
            new Secrets(Map.of("SHOP_PASSWORD", PostgresCluster.PASSWORD)),
            Duration.ofSeconds(10));
    relay =
        new Relay(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), cluster.port()),
            Duration.ofSeconds(10),
            pace);
  }

  @AfterEach
  void drop() throws Exception {
    relay.close();
    shop.drop();
  }

  @Test
  void aDumpThroughItIsTheDump() throws Exception {
    dump(server.toolEnvironment(shop.name, Purpose.BACKUP), folder.resolve("direct"));
    dump(through(), folder.resolve("relayed"));

    assertThat(lines("relayed")).isEqualTo(lines("direct")).hasSizeGreaterThan(4000);
    assertThat(pace.passed()).isGreaterThan(3 * MIB);
  }

  @Test
  void aDumpThroughItIsNotFasterThanItsRate() throws Exception {
    pace.set(2 * MIB);
    long begun = System.nanoTime();

    dump(through(), folder.resolve("slow"));

    Duration taken = Duration.ofNanos(System.nanoTime() - begun);
    assertThat(pace.passed()).isGreaterThan(3 * MIB);
    assertThat(taken).isGreaterThan(Duration.ofMillis(1400));
  }

  @Test
  void withoutItTheDumpEndsAndLeavesNoSession() throws Exception {
    pace.set(MIB / 16);
    try (Tool dump = startDump(through(), folder.resolve("cut"))) {
      awaitSessions(1);

      relay.close();

      assertThatThrownBy(() -> dump.await(LIMIT))
          .isInstanceOfSatisfying(ToolFailed.class, failed -> assertThat(failed.outage()).isTrue());
      awaitSessions(0);
    }
  }

  private void dump(Map<String, String> environment, Path target) throws Exception {
    try (Tool dump = startDump(environment, target)) {
      dump.await(LIMIT);
    }
  }

  private static Tool startDump(Map<String, String> environment, Path target) throws Exception {
    return PostgresTools.fitting(15, null)
        .start("pg_dump", List.of("--no-password", "--file=" + target), environment);
  }

  private Map<String, String> through() {
    Map<String, String> environment =
        new LinkedHashMap<>(server.toolEnvironment(shop.name, Purpose.BACKUP));
    environment.put("PGHOSTADDR", relay.host());
    environment.put("PGPORT", Integer.toString(relay.port()));
    return environment;
  }

  private void awaitSessions(int expected) throws Exception {
    String sql =
        "SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE 'liftoff-%' AND datname = '"
            + shop.name
            + "'";
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (Integer.parseInt(cluster.value("postgres", sql)) != expected) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.sleep(20);
    }
  }

  /** Each dump has a key of its own, against input that psql would take for a command. */
  private List<String> lines(String name) throws Exception {
    return Files.readAllLines(folder.resolve(name)).stream()
        .filter(line -> !line.startsWith("\\restrict") && !line.startsWith("\\unrestrict"))
        .toList();
  }
}

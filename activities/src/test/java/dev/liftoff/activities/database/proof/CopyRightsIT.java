package dev.liftoff.activities.database.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.liftoff.LaunchId;
import dev.liftoff.SecretReference;
import dev.liftoff.activities.Secrets;
import dev.liftoff.activities.database.PostgresCluster;
import dev.liftoff.activities.database.PostgresServer;
import dev.liftoff.database.DatabaseSpec;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CopyRightsIT {
  private static final String COPY = "liftoff_scratch_rights";
  private static final List<String> SCHEMA =
      List.of(
          "CREATE TABLE orders (id serial PRIMARY KEY, item text, secret text)",
          "CREATE TABLE gone (id int)",
          "CREATE SCHEMA stock",
          "CREATE FUNCTION stock.price() RETURNS int LANGUAGE sql AS 'SELECT 1'");
  private static PostgresCluster cluster;

  @BeforeAll
  static void startServer() throws Exception {
    cluster = new PostgresCluster();
    cluster.execute("postgres", "CREATE ROLE service LOGIN");
    cluster.execute("postgres", "CREATE ROLE other LOGIN");
  }

  @AfterAll
  static void stopServer() throws Exception {
    cluster.stop();
  }

  @BeforeEach
  void createBoth() throws SQLException {
    for (String database : List.of("live", COPY)) {
      cluster.execute("postgres", "CREATE DATABASE " + database + " OWNER shop");
      for (String each : SCHEMA) {
        asShop(database, each);
      }
    }
    for (String each :
        List.of(
            "GRANT SELECT (id, item), INSERT ON orders TO service",
            "GRANT USAGE ON SEQUENCE orders_id_seq TO service",
            "GRANT SELECT ON gone TO service",
            "GRANT USAGE ON SCHEMA stock TO service WITH GRANT OPTION",
            "REVOKE EXECUTE ON FUNCTION stock.price() FROM PUBLIC",
            "GRANT EXECUTE ON FUNCTION stock.price() TO service",
            "ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO service")) {
      asShop("live", each);
    }
  }

  @AfterEach
  void dropBoth() throws SQLException {
    for (String database : List.of("live", COPY)) {
      cluster.execute("postgres", "DROP DATABASE " + database + " WITH (FORCE)");
    }
  }

  @Test
  void theCopyHasEveryRightOfTheLiveDatabaseAndNoMore() throws SQLException {
    give();

    for (String right :
        List.of(
            "has_table_privilege('service', 'orders', 'INSERT')",
            "has_column_privilege('service', 'orders', 'item', 'SELECT')",
            "NOT has_column_privilege('service', 'orders', 'secret', 'SELECT')",
            "NOT has_table_privilege('service', 'orders', 'DELETE')",
            "has_sequence_privilege('service', 'orders_id_seq', 'USAGE')",
            "has_schema_privilege('service', 'stock', 'USAGE WITH GRANT OPTION')",
            "has_function_privilege('service', 'stock.price()', 'EXECUTE')",
            "NOT has_function_privilege('other', 'stock.price()', 'EXECUTE')",
            "NOT has_table_privilege('other', 'orders', 'INSERT')")) {
      assertThat(cluster.value("live", "SELECT " + right)).as("live: " + right).isEqualTo("t");
      assertThat(cluster.value(COPY, "SELECT " + right)).as("copy: " + right).isEqualTo("t");
    }
  }

  @Test
  void aTableThatAMigrationAddsLaterHasItsDefaultRights() throws SQLException {
    give();
    asShop(COPY, "CREATE TABLE fresh (id int)");

    assertThat(cluster.value(COPY, "SELECT has_table_privilege('service', 'fresh', 'SELECT')"))
        .isEqualTo("t");
  }

  @Test
  void whatWasRevokedSinceIsNotGivenAgain() throws SQLException {
    give();
    asShop(COPY, "REVOKE INSERT ON orders FROM service");
    give();

    assertThat(cluster.value(COPY, "SELECT has_table_privilege('service', 'orders', 'INSERT')"))
        .isEqualTo("f");
  }

  @Test
  void whatTheCopyNoLongerHasIsLeftOut() throws SQLException {
    asShop(COPY, "DROP TABLE gone");
    give();

    assertThat(cluster.value(COPY, "SELECT has_table_privilege('service', 'orders', 'INSERT')"))
        .isEqualTo("t");
  }

  @Test
  void anotherOwnerMayStillDoEverything() throws SQLException {
    cluster.execute("live", "ALTER TABLE orders OWNER TO service");
    give();

    assertThat(cluster.value(COPY, "SELECT has_table_privilege('service', 'orders', 'DELETE')"))
        .isEqualTo("t");
  }

  private static void give() throws SQLException {
    DatabaseSpec spec =
        new DatabaseSpec(
            cluster.url("live"),
            "shop",
            new SecretReference("env:SHOP_PASSWORD"),
            "/migrations",
            Duration.ofMinutes(1),
            Duration.ofMinutes(1),
            Duration.ofSeconds(2),
            null,
            null,
            null,
            null);
    Secrets secrets = new Secrets(Map.of("SHOP_PASSWORD", PostgresCluster.PASSWORD));
    LaunchId launch = LaunchId.parse("shop/production/v2/1");
    CopyRights.give(new PostgresServer(launch, spec, secrets, Duration.ofSeconds(5)), COPY);
  }

  private static void asShop(String database, String sql) throws SQLException {
    try (var connection = cluster.shop(database);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}

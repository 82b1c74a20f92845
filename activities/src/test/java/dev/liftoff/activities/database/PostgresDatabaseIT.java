package dev.liftoff.activities.database;

import dev.liftoff.activities.database.proof.Scratch;
import dev.liftoff.database.Database;
import dev.liftoff.database.DatabaseContract;
import dev.liftoff.database.DatabaseSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class PostgresDatabaseIT extends DatabaseContract {
  private static PostgresCluster cluster;

  @TempDir Path folder;
  private Shop shop;

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
  }

  @AfterEach
  void drop() throws Exception {
    shop.drop();
  }

  @Override
  protected Database database() {
    return shop.database();
  }

  @Override
  protected DatabaseSpec spec() {
    return shop.spec();
  }

  @Override
  protected void writeOrder() {
    execute("INSERT INTO orders (item) VALUES ('one more')");
  }

  @Override
  protected void loseOrder() {
    execute("DELETE FROM orders WHERE id = 1");
  }

  @Override
  protected long orders() {
    return Long.parseLong(value("SELECT count(*) FROM orders"));
  }

  @Override
  protected String schemaVersion() {
    return value("SELECT version FROM flyway_schema_history ORDER BY installed_rank DESC LIMIT 1");
  }

  @Override
  protected boolean hasScratchDatabase() {
    return !value("SELECT count(*) FROM pg_database WHERE datname LIKE 'liftoff\\_scratch%'")
        .equals("0");
  }

  @Override
  protected void leaveScratchDatabase() {
    try {
      cluster.execute("postgres", "CREATE DATABASE " + Scratch.name(LAUNCH) + " OWNER shop");
    } catch (SQLException unexpected) {
      throw new IllegalStateException(unexpected);
    }
  }

  @Override
  protected void damageTheRestorePoint() {
    try (Stream<Path> files = Files.list(shop.backup().resolve("dump"))) {
      List<Path> data = files.filter(file -> file.toString().endsWith(".dat.gz")).toList();
      byte[] bytes = Files.readAllBytes(data.getFirst());
      bytes[bytes.length / 2] ^= 1;
      Files.write(data.getFirst(), bytes);
    } catch (IOException unexpected) {
      throw new IllegalStateException(unexpected);
    }
  }

  @Override
  protected void addMigration(String version) {
    migration("V" + version + "__add_more.sql", "ALTER TABLE orders ADD COLUMN more text");
  }

  @Override
  protected void addFailingMigration() {
    migration(
        "V3__break.sql",
        "CREATE TABLE half (id int); INSERT INTO orders (item) VALUES ('half'); SELECT brake()");
  }

  private void migration(String file, String sql) {
    try {
      shop.migration(file, sql);
    } catch (IOException unexpected) {
      throw new IllegalStateException(unexpected);
    }
  }

  private void execute(String sql) {
    try {
      shop.execute(sql);
    } catch (SQLException unexpected) {
      throw new IllegalStateException(unexpected);
    }
  }

  private String value(String sql) {
    try {
      return shop.value(sql);
    } catch (SQLException unexpected) {
      throw new IllegalStateException(unexpected);
    }
  }
}

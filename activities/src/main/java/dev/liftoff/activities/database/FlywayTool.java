package dev.liftoff.activities.database;

import dev.liftoff.activities.database.migration.Flyways;
import dev.liftoff.activities.database.migration.History;
import dev.liftoff.activities.database.migration.MigrationFolder;
import dev.liftoff.activities.database.migration.MigrationRun;
import dev.liftoff.activities.database.rehearsal.RehearsalRun;
import dev.liftoff.database.Migrated;
import dev.liftoff.database.Migration;
import dev.liftoff.database.MigrationSpec;
import dev.liftoff.database.Rehearsal;
import dev.liftoff.database.SchemaState;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Flyway with the plan's folder, as it was when it was first read. */
record FlywayTool(PostgresServer server, LaunchFolder folder) implements MigrationTool {
  private static final Logger log = LoggerFactory.getLogger(FlywayTool.class);

  @Override
  public SchemaState inspect() throws SQLException, IOException {
    Flyways flyways = flyways();
    flyways.requireValid();
    return state(flyways.pendingMigrations());
  }

  @Override
  public Rehearsal rehearse(RehearsalRun run) throws Exception {
    MigrationSpec migration = server.spec().migration();
    return run.rehearse(frozen(), migration.waivers(), migration.writes());
  }

  @Override
  public Migrated migrate(Progress progress)
      throws SQLException, IOException, InterruptedException {
    return new MigrationRun(flyways(), folder, progress).apply();
  }

  @Override
  public SchemaState reconcile(Progress progress) throws SQLException, IOException {
    return state(pendingIfReadable());
  }

  @Override
  public void discardRehearsal() {}

  private Flyways flyways() throws IOException {
    return new Flyways(server, frozen());
  }

  private Path frozen() throws IOException {
    return MigrationFolder.of(folder, server.spec().migrations()).frozen();
  }

  private SchemaState state(List<Migration> pending) throws SQLException {
    try (Connection connection = server.open(Purpose.READ)) {
      History history = History.read(connection, History.schema(connection));
      Catalog catalog = Catalog.read(Canonical.of(connection));
      return new SchemaState(
          history.version(), pending, catalog.fingerprint(), catalog.restoredFingerprint());
    }
  }

  /** What stands is told even where the folder is the trouble. */
  private List<Migration> pendingIfReadable() throws IOException {
    try {
      return flyways().pendingMigrations();
    } catch (FlywayException | ApplicationFailure unreadable) {
      log.warn("pending migrations cannot be read launch={}", server.launch());
      return List.of();
    }
  }
}

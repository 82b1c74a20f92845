package dev.liftoff.activities.database;

import dev.liftoff.Payloads;
import dev.liftoff.activities.database.migration.Flyways;
import dev.liftoff.activities.database.migration.MigrationFolder;
import dev.liftoff.activities.database.migration.Segment;
import dev.liftoff.database.DatabaseSpec;
import dev.liftoff.database.MigrationClass;
import dev.liftoff.database.Rehearsal;
import dev.liftoff.database.Rehearsed;
import dev.liftoff.database.Writes;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/** Runs what is pending on a copy of the database, and keeps what a launch's rehearsal keeps. */
public record CopyRehearsal(PostgresCluster cluster, PostgresServer server, LaunchFolder folder) {

  public static void of(Shop shop, DatabaseSpec spec) throws SQLException, IOException {
    PostgresServer server =
        new PostgresServer(Shop.LAUNCH, spec, shop.secrets, Duration.ofSeconds(5));
    LaunchFolder folder = LaunchFolder.of(shop.artifacts, Shop.LAUNCH);
    new CopyRehearsal(shop.cluster, server, folder).save();
  }

  private void save() throws SQLException, IOException {
    String copy = server.database() + "_copy";
    cluster.execute("postgres", "DROP DATABASE IF EXISTS " + copy);
    cluster.execute(
        "postgres", "CREATE DATABASE %s TEMPLATE %s OWNER shop".formatted(copy, server.database()));
    Rehearsal rehearsal = rehearse(copy);
    cluster.execute("postgres", "DROP DATABASE " + copy);
    folder.write(
        folder.rehearsal(),
        Payloads.mapper()
            .writeValueAsBytes(
                Map.of(
                    "rehearsal",
                    rehearsal,
                    "files",
                    Map.of(),
                    "waivers",
                    List.of(),
                    "writes",
                    Writes.ONLINE)));
  }

  private Rehearsal rehearse(String copy) throws SQLException, IOException {
    Path files = MigrationFolder.of(folder, server.spec().migrations()).frozen();
    Flyways flyways = new Flyways(server, copy, files);
    String before = fingerprint(copy);
    List<Rehearsed> migrations = new ArrayList<>();
    for (MigrationInfo[] pending = flyways.pending();
        pending.length > 0;
        pending = flyways.pending()) {
      Segment segment = Segment.firstOf(pending);
      segment
          .limit(flyways.configuration(Duration.ZERO))
          .callbacks(each(files, segment, migrations))
          .load()
          .migrate();
    }
    return new Rehearsal(before, migrations, MigrationClass.EXPAND, List.of(), List.of());
  }

  private static Callback each(Path files, Segment segment, List<Rehearsed> migrations) {
    return new Callback() {
      @Override
      public boolean supports(Event event, Context context) {
        return event == Event.AFTER_EACH_MIGRATE;
      }

      @Override
      public boolean canHandleInTransaction(Event event, Context context) {
        return true;
      }

      @Override
      public void handle(Event event, Context context) {
        try {
          migrations.add(
              rehearsed(files, segment, context.getMigrationInfo(), context.getConnection()));
        } catch (SQLException | IOException unexpected) {
          throw new IllegalStateException(unexpected);
        }
      }

      @Override
      public String getCallbackName() {
        return "copy";
      }
    };
  }

  private static Rehearsed rehearsed(
      Path files, Segment segment, MigrationInfo info, Connection connection)
      throws SQLException, IOException {
    String schema = connection.getSchema();
    String fingerprint = Catalog.read(Canonical.of(connection)).restoredFingerprint();
    connection.setSchema(schema);
    return new Rehearsed(
        info.getVersion() == null ? "R" : info.getVersion().getVersion(),
        info.getScript(),
        Sha256.of(files.resolve(info.getScript())),
        MigrationClass.EXPAND,
        Duration.ofMillis(1),
        List.of("AccessExclusive public.orders"),
        List.of(),
        Map.of(),
        List.of(),
        fingerprint,
        segment.transactional());
  }

  private String fingerprint(String database) throws SQLException {
    try (Connection connection = server.open(database, Purpose.READ)) {
      return Catalog.read(Canonical.of(connection)).restoredFingerprint();
    }
  }
}

package dev.liftoff.activities.database.rehearsal;

import dev.liftoff.activities.database.Canonical;
import dev.liftoff.activities.database.Catalog;
import dev.liftoff.activities.database.LaunchFolder;
import dev.liftoff.activities.database.PostgresServer;
import dev.liftoff.activities.database.Progress;
import dev.liftoff.activities.database.Purpose;
import dev.liftoff.activities.database.Sha256;
import dev.liftoff.activities.database.backup.Manifest;
import dev.liftoff.activities.database.migration.Flyways;
import dev.liftoff.activities.database.migration.History;
import dev.liftoff.database.MigrationClass;
import dev.liftoff.database.Rehearsal;
import dev.liftoff.database.Waiver;
import dev.liftoff.database.Writes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.flywaydb.core.api.MigrationInfo;

/**
 * Runs the pending migrations on the restored copy of the live database, and judges them:
 * database.md 5.1 to 5.4. The live database is only read.
 *
 * @param copy name of the scratch database that holds the restored data
 */
public record RehearsalRun(
    PostgresServer server, String copy, LaunchFolder folder, Progress progress) {

  /**
   * The answer of an earlier call, where nothing has changed since: files, waivers and the live
   * schema. Ask before you restore a copy; empty means that one is needed.
   */
  public Optional<Rehearsal> known(Path migrations, List<Waiver> waivers, Writes writes)
      throws SQLException, IOException {
    SavedRehearsal asked = question(migrations, waivers, writes, live().fingerprint());
    return SavedRehearsal.read(folder).filter(asked::answers).map(SavedRehearsal::rehearsal);
  }

  /**
   * Repeating answers the same while nothing has changed. A migration that fails or is dangerous is
   * a refusal in the answer and not an exception.
   *
   * @throws StaleCopy when the copy is not as it was restored, which an attempt that died leaves
   *     behind: restore it again
   */
  public Rehearsal rehearse(Path migrations, List<Waiver> waivers, Writes writes)
      throws SQLException, IOException, InterruptedException, StaleCopy {
    Optional<Rehearsal> known = known(migrations, waivers, writes);
    if (known.isPresent()) {
      return known.get();
    }
    Rehearsal rehearsal = judged(migrations, waivers, writes);
    SavedRehearsal asked = question(migrations, waivers, writes, rehearsal.fingerprint());
    new SavedRehearsal(asked.files(), waivers, writes, rehearsal).write(folder);
    return rehearsal;
  }

  private Rehearsal judged(Path migrations, List<Waiver> waivers, Writes writes)
      throws SQLException, IOException, InterruptedException, StaleCopy {
    String fingerprint = ready();
    Flyways flyways = new Flyways(server, copy, migrations);
    Judgement judgement = new Judgement(new Waivers(waivers, files(migrations)), writes);
    List<Finding> findings = StaticRules.check(migrations, scripts(flyways));
    return judgement.read(findings)
        ? judgement.of(new CopyRun(flyways, progress, restoredRows()).run())
        : judgement.notRun(fingerprint);
  }

  /** The copy is there and as the live database, whose fingerprint this is; nobody works in it. */
  String ready() throws SQLException, InterruptedException, StaleCopy {
    server.endSessions(Purpose.MIGRATION);
    requireThere();
    CopySettings.apply(server, copy);
    return requireFresh();
  }

  String liveFingerprint() throws SQLException {
    return live().fingerprint();
  }

  private void requireThere() throws SQLException, StaleCopy {
    String sql = "SELECT FROM pg_database WHERE datname = ?";
    try (Connection connection = server.holding(copy).open(Purpose.READ);
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, copy);
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          throw new StaleCopy(copy, "does not exist");
        }
      }
    }
  }

  /** Otherwise what is rehearsed is not what will happen. */
  private String requireFresh() throws SQLException, StaleCopy {
    Standing live = live();
    Standing restored = standing(copy);
    if (!live.fingerprint().equals(restored.fingerprint())) {
      throw new StaleCopy(copy, "has another schema than the live database");
    }
    if (!live.history().equals(restored.history())) {
      throw new StaleCopy(copy, "has another history of migrations than the live database");
    }
    return live.fingerprint();
  }

  private record Standing(String fingerprint, History history) {}

  private Standing live() throws SQLException {
    return standing(server.database());
  }

  private Standing standing(String database) throws SQLException {
    try (Connection connection = server.open(database, Purpose.READ)) {
      History history = History.read(connection, History.schema(connection));
      Catalog catalog = Catalog.read(Canonical.of(connection));
      return new Standing(catalog.restoredFingerprint(), history);
    }
  }

  private Map<String, Long> restoredRows() throws IOException {
    Map<String, Long> rows = new TreeMap<>();
    if (Files.exists(folder.backup())) {
      Manifest.read(folder.backup())
          .tables()
          .forEach((table, state) -> rows.put(table, state.rows()));
    }
    return rows;
  }

  private static List<String> scripts(Flyways flyways) {
    return Arrays.stream(flyways.pending()).map(MigrationInfo::getScript).toList();
  }

  private static SavedRehearsal question(
      Path migrations, List<Waiver> waivers, Writes writes, String fingerprint) throws IOException {
    Rehearsal open =
        new Rehearsal(fingerprint, List.of(), MigrationClass.EXPAND, List.of(), List.of());
    return new SavedRehearsal(files(migrations), waivers, writes, open);
  }

  private static Map<String, String> files(Path migrations) throws IOException {
    Map<String, String> sums = new TreeMap<>();
    try (Stream<Path> all = Files.walk(migrations)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        sums.put(migrations.relativize(file).toString(), Sha256.of(file));
      }
    }
    return sums;
  }
}

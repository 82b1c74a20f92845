package dev.liftoff.activities.database.integrity;

import dev.liftoff.Payloads;
import dev.liftoff.activities.database.Canonical;
import dev.liftoff.activities.database.LaunchFolder;
import dev.liftoff.activities.database.ObjectRights;
import dev.liftoff.activities.database.PostgresServer;
import dev.liftoff.activities.database.Purpose;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What must be the same after a migration and is in no restore point, {@code
 * before-migration.json}.
 *
 * @param rights who owns what, and who may do what with it
 * @param answers of the business checks, by name
 */
public record BeforeMigration(Map<String, String> rights, Map<String, String> answers) {
  public BeforeMigration {
    rights = new TreeMap<>(rights);
    answers = new TreeMap<>(answers);
  }

  /**
   * It is noted; a migration that has begun does not change it any more. Where writes are frozen,
   * call it once they are: answers that must not change may do so until then.
   *
   * @return one sentence for each business check that does not hold even now; with one, nothing is
   *     noted, and the launch must not migrate
   */
  public static List<String> note(PostgresServer server, LaunchFolder folder)
      throws SQLException, IOException {
    List<String> findings = new ArrayList<>();
    if (Files.exists(file(folder)) && Files.exists(folder.migrationStart())) {
      return findings;
    }
    Map<String, String> answers = new BusinessChecks(server).ask(findings);
    if (findings.isEmpty()) {
      BeforeMigration now = new BeforeMigration(rights(server), answers);
      folder.write(file(folder), Payloads.mapper().writeValueAsBytes(now));
    }
    return findings;
  }

  static Optional<BeforeMigration> read(LaunchFolder folder) throws IOException {
    return Files.exists(file(folder))
        ? Optional.of(Payloads.mapper().readValue(file(folder).toFile(), BeforeMigration.class))
        : Optional.empty();
  }

  static Map<String, String> rights(PostgresServer server) throws SQLException {
    try (Connection connection = Canonical.of(server.open(Purpose.READ))) {
      return ObjectRights.read(connection);
    }
  }

  private static Path file(LaunchFolder folder) {
    return folder.path().resolve("before-migration.json");
  }
}

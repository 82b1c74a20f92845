package dev.liftoff.activities.database.migration;

import dev.liftoff.FailureType;
import dev.liftoff.activities.database.Canonical;
import dev.liftoff.activities.database.Catalog;
import dev.liftoff.activities.database.PostgresServer;
import dev.liftoff.activities.database.Purpose;
import dev.liftoff.activities.database.SqlTrouble;
import dev.liftoff.database.MigrationCommand;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;

/**
 * What stands where a command migrates: the version query's answer, and the catalog's fingerprint,
 * spelled as that of a restored copy.
 */
public record CommandState(String version, String fingerprint) {
  /** The tool makes its table when it runs for the first time. */
  private static final Set<String> NO_TABLE_YET = Set.of("42P01", "3F000");

  public static CommandState read(PostgresServer server, String database, MigrationCommand command)
      throws SQLException {
    try (Connection connection = server.open(database, Purpose.READ)) {
      connection.setReadOnly(true);
      String version = version(connection, command);
      connection.setReadOnly(false);
      return new CommandState(
          version, Catalog.read(Canonical.of(connection)).restoredFingerprint());
    }
  }

  private static String version(Connection connection, MigrationCommand command)
      throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(command.versionQuery())) {
      String version = result.next() ? result.getString(1) : null;
      return version == null ? History.NO_VERSION : version;
    } catch (SQLException refused) {
      if (NO_TABLE_YET.contains(SqlTrouble.state(refused))) {
        return History.NO_VERSION;
      }
      if (SqlTrouble.isOutage(refused)) {
        throw refused;
      }
      throw FailureType.MIGRATION_FAILED.permanent(
          "database.migration.command.versionQuery cannot be answered: %s (SQLSTATE %s); correct it in the plan"
              .formatted(SqlTrouble.sentence(refused), SqlTrouble.state(refused)));
    }
  }

  @Override
  public String toString() {
    return "version %s, fingerprint %s".formatted(version, fingerprint);
  }
}

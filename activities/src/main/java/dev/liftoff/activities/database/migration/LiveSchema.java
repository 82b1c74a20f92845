package dev.liftoff.activities.database.migration;

import dev.liftoff.activities.database.Canonical;
import dev.liftoff.activities.database.Catalog;
import dev.liftoff.activities.database.PostgresServer;
import dev.liftoff.activities.database.Purpose;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * What stands: Flyway's history and the catalog itself, which need not agree.
 *
 * @param fingerprint spelled as that of a restored copy
 */
record LiveSchema(History history, String fingerprint, Blemishes blemishes) {

  static LiveSchema read(PostgresServer server) throws SQLException {
    try (Connection connection = server.open(Purpose.READ)) {
      History history = History.read(connection, History.schema(connection));
      Catalog catalog = Catalog.read(Canonical.of(connection));
      return new LiveSchema(history, catalog.restoredFingerprint(), Blemishes.read(connection));
    }
  }

  boolean standsAs(LiveSchema before) {
    return fingerprint.equals(before.fingerprint) && history.equals(before.history);
  }
}

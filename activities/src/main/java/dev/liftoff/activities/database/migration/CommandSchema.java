package dev.liftoff.activities.database.migration;

import dev.liftoff.activities.database.Canonical;
import dev.liftoff.activities.database.Catalog;
import dev.liftoff.activities.database.PostgresServer;
import dev.liftoff.activities.database.Purpose;
import dev.liftoff.database.SchemaState;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** The schema as it is where a command migrates; what is pending nobody knows but the command. */
public record CommandSchema(CommandContainer container) {

  public SchemaState state() throws SQLException {
    PostgresServer server = container.server();
    String version = CommandState.read(server, server.database(), container.command()).version();
    try (Connection connection = server.open(Purpose.READ)) {
      Catalog catalog = Catalog.read(Canonical.of(connection));
      return new SchemaState(
          version, List.of(), catalog.fingerprint(), catalog.restoredFingerprint());
    }
  }
}

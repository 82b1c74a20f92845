package dev.liftoff.activities.database.migration;

import dev.liftoff.Payloads;
import dev.liftoff.activities.database.LaunchFolder;
import dev.liftoff.activities.database.PostgresServer;
import dev.liftoff.activities.database.Purpose;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;

/**
 * The storage of every table: another one later means that it was emptied, rewritten or made anew.
 */
record TableStorage(Map<String, Long> numbers) {
  static final String TABLE = "pg_catalog.quote_ident(%s) || '.' || pg_catalog.quote_ident(%s)";
  private static final String SQL =
      "SELECT "
          + TABLE.formatted("n.nspname", "c.relname")
          + ", pg_catalog.pg_relation_filenode(c.oid)::bigint FROM pg_catalog.pg_class c"
          + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'r' AND n.nspname !~ '^pg_'";

  static TableStorage read(Connection connection) throws SQLException {
    return new TableStorage(numbers(connection, SQL));
  }

  /** As it was when the launch began to migrate; noted at the first call. */
  static TableStorage before(PostgresServer server, LaunchFolder folder)
      throws SQLException, IOException {
    Path file = folder.path().resolve("migration-storage.json");
    if (Files.exists(file)) {
      return Payloads.mapper().readValue(file.toFile(), TableStorage.class);
    }
    try (Connection connection = server.open(Purpose.READ)) {
      TableStorage now = read(connection);
      folder.write(file, Payloads.mapper().writeValueAsBytes(now));
      return now;
    }
  }

  static Map<String, Long> numbers(Connection connection, String sql) throws SQLException {
    Map<String, Long> numbers = new TreeMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        numbers.put(result.getString(1), result.getLong(2));
      }
    }
    return numbers;
  }
}

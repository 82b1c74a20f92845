package dev.liftoff.activities.database.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.liftoff.database.MigrationCommand;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Where a migration tool keeps its version: the tables that the version query reads, by its own
 * plan. What is done to their rows is the tool's book-keeping.
 */
public final class VersionTables {
  private VersionTables() {}

  /** By oid; empty where the query asks no table. */
  static Set<Long> of(Connection connection, MigrationCommand command) throws SQLException {
    return oids(connection, schemas(connection, command));
  }

  /** By quoted name. */
  public static Set<String> named(Connection connection, MigrationCommand command)
      throws SQLException {
    Set<String> names = new TreeSet<>();
    for (Map.Entry<String, String> each : schemas(connection, command).entrySet()) {
      try (PreparedStatement statement =
          connection.prepareStatement("SELECT quote_ident(?) || '.' || quote_ident(?)")) {
        statement.setString(1, each.getValue());
        statement.setString(2, each.getKey());
        try (ResultSet row = statement.executeQuery()) {
          row.next();
          names.add(row.getString(1));
        }
      }
    }
    return names;
  }

  private static Map<String, String> schemas(Connection connection, MigrationCommand command)
      throws SQLException {
    Map<String, String> schemas = new TreeMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "EXPLAIN (VERBOSE, COSTS OFF, FORMAT JSON) " + command.versionQuery())) {
      row.next();
      collect(new ObjectMapper().readTree(row.getString(1)), schemas);
    } catch (IOException unreadable) {
      throw new SQLException("the plan of the version query cannot be read", unreadable);
    }
    return schemas;
  }

  private static void collect(JsonNode plan, Map<String, String> schemas) {
    if (plan.has("Relation Name") && plan.has("Schema")) {
      schemas.put(plan.get("Relation Name").asText(), plan.get("Schema").asText());
    }
    plan.forEach(child -> collect(child, schemas));
  }

  private static Set<Long> oids(Connection connection, Map<String, String> schemas)
      throws SQLException {
    Set<Long> oids = new TreeSet<>();
    String sql =
        "SELECT c.oid::bigint FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.relname = ? AND n.nspname = ?";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (Map.Entry<String, String> each : schemas.entrySet()) {
        statement.setString(1, each.getKey());
        statement.setString(2, each.getValue());
        try (ResultSet row = statement.executeQuery()) {
          if (row.next()) {
            oids.add(row.getLong(1));
          }
        }
      }
    }
    return oids;
  }
}

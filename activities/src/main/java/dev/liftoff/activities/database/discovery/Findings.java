package dev.liftoff.activities.database.discovery;

import dev.liftoff.activities.database.migration.History;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What the catalog says, see {@code discovery.sql}, and the history of the migrations. */
record Findings(List<String> refused, List<String> warnings, List<String> facts) {

  static String historySchema(Connection connection) throws SQLException {
    return History.schema(connection);
  }

  static Findings read(Connection connection, String historySchema)
      throws SQLException, IOException {
    Findings findings = new Findings(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql())) {
      while (row.next()) {
        findings.of(row.getString(1)).add(row.getString(2));
      }
    }
    findings.failedMigrations(connection, historySchema);
    return findings;
  }

  private List<String> of(String weight) {
    return switch (weight) {
      case "refused" -> refused;
      case "warning" -> warnings;
      default -> facts;
    };
  }

  private void failedMigrations(Connection connection, String schema) throws SQLException {
    History.read(connection, schema).entries().stream()
        .filter(entry -> !entry.success())
        .map(entry ->
            "migration %s failed earlier and is marked so in the history; settle what it left, then repair the history"
                .formatted(entry.script()))
        .forEach(refused::add);
  }

  private static String sql() throws IOException {
    try (InputStream in = Findings.class.getResourceAsStream("discovery.sql")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}

package dev.liftoff.activities.database.discovery;

import dev.liftoff.database.DatabaseSpec;
import dev.liftoff.database.Writes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Whether a freeze can keep out the roles that the service connects as. */
record ServiceRoles(Connection connection) {
  List<String> problems(DatabaseSpec spec) throws SQLException {
    List<String> problems = new ArrayList<>();
    if (spec.migration().writes() == Writes.FROZEN) {
      for (String role : spec.serviceRoles()) {
        problem(role, problems);
      }
    }
    return problems;
  }

  private void problem(String role, List<String> problems) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT rolsuper FROM pg_roles WHERE rolname = ?")) {
      statement.setString(1, role);
      try (ResultSet result = statement.executeQuery()) {
        if (!result.next()) {
          problems.add("there is no role %s; correct serviceRoles in the plan".formatted(role));
        } else if (result.getBoolean(1)) {
          problems.add(
              "the service connects as %s, a superuser, whom no freeze keeps out; give it a role of its own or migrate online"
                  .formatted(role));
        }
      }
    }
  }
}

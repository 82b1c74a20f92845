package dev.liftoff.activities.database.integrity;

import dev.liftoff.activities.database.PostgresServer;
import dev.liftoff.activities.database.Purpose;
import dev.liftoff.activities.database.SqlTrouble;
import dev.liftoff.database.BusinessCheck;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the plan says must hold of the rows. Each check is asked in a read-only transaction of its
 * own, so that it can neither change anything nor hold anybody up.
 */
record BusinessChecks(PostgresServer server) {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final String TRUE = "t";

  /** The answers, by name; a check without one has a sentence in {@code findings} instead. */
  Map<String, String> ask(List<String> findings) throws SQLException {
    Map<String, String> answers = new TreeMap<>();
    for (BusinessCheck check : server.spec().businessChecks()) {
      String answer = answer(check, findings);
      if (answer != null) {
        answers.put(check.name(), answer);
        if (!check.unchanged() && !answer.equals(TRUE)) {
          findings.add(
              "the business check %s does not hold: it answers %s".formatted(check.name(), answer));
        }
      }
    }
    return answers;
  }

  /** Of those that must not change. */
  List<String> changed(Map<String, String> before, Map<String, String> after) {
    List<String> changed = new ArrayList<>();
    for (BusinessCheck check : server.spec().businessChecks()) {
      String was = before.get(check.name());
      String is = after.get(check.name());
      if (check.unchanged() && was != null && is != null && !was.equals(is)) {
        changed.add(
            "the business check %s answered %s before the migration and answers %s now"
                .formatted(check.name(), was, is));
      }
    }
    return changed;
  }

  private @Nullable String answer(BusinessCheck check, List<String> findings) throws SQLException {
    try (Connection connection = server.open(Purpose.READ)) {
      connection.setReadOnly(true);
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.execute("SET LOCAL statement_timeout = " + LIMIT.toMillis());
        return only(statement, check, findings);
      } catch (SQLException refused) {
        findings.add(
            "the business check %s cannot be answered: %s"
                .formatted(check.name(), SqlTrouble.sentence(refused)));
        return null;
      }
    }
  }

  private static @Nullable String only(
      Statement statement, BusinessCheck check, List<String> findings) throws SQLException {
    try (ResultSet result = statement.executeQuery(check.sql())) {
      if (result.next() && result.getMetaData().getColumnCount() == 1) {
        String answer = String.valueOf(result.getString(1));
        if (!result.next()) {
          return answer;
        }
      }
      findings.add(
          "the business check %s does not answer one row with one column".formatted(check.name()));
      return null;
    }
  }
}

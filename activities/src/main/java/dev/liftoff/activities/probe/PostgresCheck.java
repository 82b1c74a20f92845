package dev.liftoff.activities.probe;

import dev.liftoff.activities.Secrets;
import dev.liftoff.probe.Check;
import dev.liftoff.probe.ProbeResult;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.postgresql.util.PSQLException;

/** PostgreSQL takes writes, has room, and its replicas follow. */
record PostgresCheck(Check.Postgres check, Secrets secrets, Duration patience)
    implements Examination {
  /** Classes of errors that say that we may not look, not that something is wrong. */
  private static final Set<String> NOT_ALLOWED = Set.of("08", "28", "3D", "42");

  private static final String STATE =
      """
      select pg_is_in_recovery(), current_setting('transaction_read_only'),
        (select sum(numbackends) from pg_stat_database),
        current_setting('max_connections')::int\
      """;

  @Override
  public String limit() {
    return "writable, connections below %d %%, replicas less than %d s behind"
        .formatted(check.connectionsBelow(), check.lagBelow().toSeconds());
  }

  @Override
  public ProbeResult run() throws SQLException, InterruptedException {
    try (Connection connection = DriverManager.getConnection(url(), properties())) {
      return examined(connection);
    } catch (PSQLException refused) {
      if (isAnswer(refused)) {
        return ProbeResult.fail(check.name(), refused.getMessage() + "", limit());
      }
      throw refused;
    }
  }

  private ProbeResult examined(Connection connection) throws SQLException, InterruptedException {
    List<String> facts = new ArrayList<>();
    List<String> wrong = new ArrayList<>();
    try (Statement statement = connection.createStatement()) {
      if (state(statement, facts, wrong)) {
        write(connection, statement);
        facts.addFirst("writable");
        new Replicas(connection, check).follow(facts, wrong);
      }
    }
    String value = String.join(", ", wrong.isEmpty() ? facts : wrong);
    return wrong.isEmpty()
        ? ProbeResult.pass(check.name(), value, limit())
        : ProbeResult.fail(check.name(), value, limit());
  }

  /** Whether it can be written to at all. */
  private boolean state(Statement statement, List<String> facts, List<String> wrong)
      throws SQLException {
    try (ResultSet row = statement.executeQuery(STATE)) {
      row.next();
      boolean recovering = row.getBoolean(1);
      boolean readOnly = row.getString(2).equals("on");
      if (recovering) {
        wrong.add("in recovery: this is a replica");
      } else if (readOnly) {
        wrong.add("read-only");
      }
      long percent = 100 * row.getLong(3) / row.getLong(4);
      String used = "%d %% of %d connections in use".formatted(percent, row.getLong(4));
      (percent < check.connectionsBelow() ? facts : wrong).add(used);
      return !recovering && !readOnly;
    }
  }

  /** A table of this connection only: it takes a transaction and the log, and leaves nothing. */
  private static void write(Connection connection, Statement statement) throws SQLException {
    connection.setAutoCommit(false);
    statement.execute("create temp table liftoff_probe (value int) on commit drop");
    statement.executeUpdate("insert into liftoff_probe values (1)");
    connection.commit();
    connection.setAutoCommit(true);
  }

  private static boolean isAnswer(PSQLException failure) {
    String state = failure.getSQLState();
    return failure.getServerErrorMessage() != null
        && state != null
        && state.length() == 5
        && !NOT_ALLOWED.contains(state.substring(0, 2));
  }

  private String url() throws SQLException {
    if (!check.url().startsWith("jdbc:postgresql:")) {
      throw new SQLException("the url must start with jdbc:postgresql:");
    }
    return check.url();
  }

  private Properties properties() {
    String seconds = String.valueOf(Math.max(1, patience.toSeconds()));
    Properties properties = new Properties();
    properties.setProperty("user", check.user());
    properties.setProperty("password", secrets.resolve(check.password()));
    properties.setProperty("connectTimeout", seconds);
    properties.setProperty("loginTimeout", seconds);
    properties.setProperty("socketTimeout", seconds);
    properties.setProperty("ApplicationName", "liftoff probe");
    properties.setProperty("options", "-c statement_timeout=" + patience.toMillis());
    return properties;
  }
}

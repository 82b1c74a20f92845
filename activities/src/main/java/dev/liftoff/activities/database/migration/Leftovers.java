package dev.liftoff.activities.database.migration;

import dev.liftoff.activities.database.SqlText;
import dev.liftoff.activities.database.SqlText.NamedIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.internal.info.MigrationInfoImpl;

/**
 * What a step outside of a transaction left when it failed: half an index, and a row in the history
 * that says so. Only what this very step made is removed; invalid indexes of others are never
 * touched.
 */
public record Leftovers(Flyways flyways, Ledger ledger) {
  private static final String HALF =
      """
      SELECT pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname)
      FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE NOT i.indisvalid AND c.relname = ? AND i.indrelid = pg_catalog.to_regclass(?)
        AND NOT EXISTS (SELECT FROM pg_catalog.pg_constraint k WHERE k.conindid = c.oid)
      """;

  /** Only those of a step that is not recorded as applied. */
  void remove(StepNote step) throws SQLException, IOException {
    if (step.transactional()) {
      return;
    }
    try (Connection connection = flyways.server().migrationSource(Duration.ZERO).getConnection()) {
      for (String index : halfIndexes(connection, step)) {
        ledger.append("half index dropped", Map.of("index", index, "scripts", step.scripts()));
        execute(connection, "DROP INDEX CONCURRENTLY IF EXISTS " + index);
      }
      forgetFailure(connection, step);
    }
  }

  private List<String> halfIndexes(Connection connection, StepNote step)
      throws SQLException, IOException {
    List<String> mine = new ArrayList<>();
    for (NamedIndex index : named(step)) {
      try (PreparedStatement statement = connection.prepareStatement(HALF)) {
        statement.setString(1, index.name());
        statement.setString(2, index.table());
        try (ResultSet result = statement.executeQuery()) {
          while (result.next()) {
            mine.add(result.getString(1));
          }
        }
      }
    }
    mine.removeAll(step.invalidBefore());
    return mine;
  }

  private List<NamedIndex> named(StepNote step) throws IOException {
    String sql = Files.readString(flyways.migrations().resolve(step.scripts().getFirst()));
    return SqlText.concurrentIndexes(sql);
  }

  /** Narrower than Flyway's repair, which forgives every row and every changed file. */
  private void forgetFailure(Connection connection, StepNote step)
      throws SQLException, IOException {
    List<MigrationInfo> failed =
        Arrays.stream(flyways.configuration(Duration.ZERO).load().info().all())
            .filter(info -> info.getState().isFailed())
            .toList();
    if (failed.size() == 1 && isUnchanged((MigrationInfoImpl) failed.getFirst(), step)) {
      String table = History.table(connection, History.schema(connection));
      int rank = Objects.requireNonNull(failed.getFirst().getInstalledRank());
      ledger.append("failed row removed", Map.of("rank", rank, "scripts", step.scripts()));
      execute(
          connection,
          "DELETE FROM %s WHERE installed_rank = %d AND NOT success".formatted(table, rank));
    }
  }

  private static boolean isUnchanged(MigrationInfoImpl failed, StepNote step) {
    return step.scripts().equals(List.of(failed.getScript()))
        && Optional.ofNullable(failed.getResolvedMigration())
            .map(file ->
                Objects.equals(file.getChecksum(), failed.getAppliedMigration().getChecksum()))
            .orElse(false);
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}

package dev.liftoff.activities.database.migration;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * The pending migrations that are applied together: all that share a transaction, or a single one
 * that cannot run in one.
 *
 * @param end its last version; null when only repeatable migrations are left
 * @param repeatable whether some of them are
 */
public record Segment(
    boolean transactional,
    @Nullable MigrationVersion end,
    List<String> scripts,
    boolean repeatable) {

  public static Segment firstOf(MigrationInfo[] pending) {
    boolean transactional = Flyways.isTransactional(pending[0]);
    List<MigrationInfo> members =
        transactional
            ? Arrays.stream(pending).takeWhile(Flyways::isTransactional).toList()
            : List.of(pending[0]);
    MigrationVersion end =
        members.stream()
            .map(MigrationInfo::getVersion)
            .filter(version -> version != null)
            .reduce(null, (first, second) -> second);
    return new Segment(
        transactional,
        end,
        members.stream().map(MigrationInfo::getScript).toList(),
        members.stream().anyMatch(member -> member.getVersion() == null));
  }

  /**
   * One that waits for a lock outside a transaction stops nobody, and leaves half an index when it
   * is called off.
   */
  public Duration lockLimit(Duration wanted) {
    return transactional ? wanted : Duration.ZERO;
  }

  public FluentConfiguration limit(FluentConfiguration configuration) {
    configuration.group(transactional);
    if (end == null) {
      return configuration;
    }
    return repeatable ? configuration.target(end) : versionedOnly(configuration.target(end));
  }

  /**
   * Flyway's target does not stop repeatable migrations: they would run before the versions that
   * come after this segment, and may need what those add.
   */
  static FluentConfiguration versionedOnly(FluentConfiguration configuration) {
    return configuration
        .repeatableSqlMigrationPrefix("none of these")
        .validateMigrationNaming(false)
        .ignoreMigrationPatterns("repeatable:missing");
  }
}

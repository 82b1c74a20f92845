package dev.liftoff.activities.database.migration;

import dev.liftoff.activities.database.Shop;
import dev.liftoff.container.Image;
import dev.liftoff.database.BackupSpec;
import dev.liftoff.database.DatabaseSpec;
import dev.liftoff.database.MigrationCommand;
import dev.liftoff.database.MigrationSpec;
import dev.liftoff.database.Writes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The shop's schema, migrated to version ae10 by a tool that keeps its version in a table. */
final class Upgrade {
  private static final String SCRIPT =
      """
      /usr/lib/postgresql/15/bin/psql -qX -v ON_ERROR_STOP=1 -1 "$DATABASE_URL" 2>&1 <<'SQL'
      SET client_min_messages = error;
      CREATE TABLE IF NOT EXISTS alembic_version (version_num text PRIMARY KEY);
      ALTER TABLE orders ADD COLUMN IF NOT EXISTS notes text;
      INSERT INTO alembic_version SELECT 'ae10' WHERE NOT EXISTS (SELECT FROM alembic_version);
      UPDATE alembic_version SET version_num = 'ae10' WHERE version_num <> 'ae10';
      SQL
      """;

  private Upgrade() {}

  static DatabaseSpec of(
      Shop shop, Writes writes, List<String> serviceRoles, @Nullable BackupSpec backup) {
    DatabaseSpec spec = shop.spec();
    MigrationCommand command =
        new MigrationCommand(
            List.of("sh", "-c", SCRIPT),
            "SELECT version_num FROM alembic_version",
            "DATABASE_URL",
            "postgresql://{user}:{password}@{host}:{port}/{database}",
            Map.of(),
            new MigrationCommand.Place(new Image("tool", "sha256:0"), "none"));
    return new DatabaseSpec(
        spec.url(),
        spec.user(),
        spec.password(),
        "",
        spec.backupLimit(),
        spec.migrationLimit(),
        spec.lockLimit(),
        backup,
        new MigrationSpec(command, writes, Duration.ofMinutes(1), Duration.ofMinutes(1), List.of()),
        serviceRoles,
        List.of());
  }
}

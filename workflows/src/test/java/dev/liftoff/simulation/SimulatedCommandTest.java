package dev.liftoff.simulation;

import dev.liftoff.SecretReference;
import dev.liftoff.container.Image;
import dev.liftoff.database.CommandContract;
import dev.liftoff.database.Database;
import dev.liftoff.database.DatabaseSpec;
import dev.liftoff.database.MigrationCommand;
import dev.liftoff.database.MigrationSpec;
import dev.liftoff.database.Writes;
import java.time.Duration;
import java.util.List;
import java.util.Map;

class SimulatedCommandTest extends CommandContract {
  private final SimulatedDatabase simulated = new SimulatedDatabase();

  @Override
  protected Database database() {
    return simulated;
  }

  @Override
  protected DatabaseSpec spec(Image image) {
    MigrationCommand command =
        new MigrationCommand(
            List.of("alembic", "upgrade", "head"),
            "SELECT version_num FROM alembic_version",
            "DATABASE_URL",
            "postgresql://{user}:{password}@{host}:{port}/{database}",
            Map.of(),
            new MigrationCommand.Place(image, "shop"));
    return new DatabaseSpec(
        "jdbc:postgresql://localhost/shop",
        "shop",
        new SecretReference("env:SHOP_PASSWORD"),
        "",
        Duration.ofMinutes(10),
        Duration.ofMinutes(10),
        Duration.ofSeconds(2),
        null,
        new MigrationSpec(
            command, Writes.ONLINE, Duration.ofMinutes(1), Duration.ofMinutes(1), List.of()),
        null,
        null);
  }

  @Override
  protected String versionBefore() {
    return "1";
  }

  @Override
  protected String versionAfter() {
    return "2";
  }
}

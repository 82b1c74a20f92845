package dev.liftoff.database;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the schema is changed.
 *
 * @param command a migration tool that runs as a container of the candidate's image; null for
 *     Flyway
 * @param writes whether the service writes during the migration
 * @param freezeLimit how long the service may be kept out, where writes are frozen
 * @param lockBudget how long attempts to get a lock go on before the migration fails
 * @param waivers rules that a human set aside for one file
 */
public record MigrationSpec(
    @Nullable MigrationCommand command,
    Writes writes,
    Duration freezeLimit,
    Duration lockBudget,
    List<Waiver> waivers) {
  public static final MigrationSpec DEFAULT =
      new MigrationSpec(
          null, Writes.ONLINE, Duration.ofMinutes(2), Duration.ofMinutes(10), List.of());

  public MigrationSpec {
    waivers = List.copyOf(waivers);
  }

  MigrationSpec in(MigrationCommand.Place place) {
    return command == null
        ? this
        : new MigrationSpec(command.in(place), writes, freezeLimit, lockBudget, waivers);
  }
}

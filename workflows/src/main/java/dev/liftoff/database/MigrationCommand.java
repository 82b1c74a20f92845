package dev.liftoff.database;

import java.util.List;

/**
 * A migration tool other than Flyway, such as {@code alembic upgrade head}.
 *
 * @param run program and arguments; it must do nothing when the schema is at its end
 * @param versionQuery SQL that answers one text, the version the schema is at
 * @param urlVariable environment variable in which the tool finds the database's URL, with the
 *     database it is to change
 * @param urlForm the URL with {@code {user}}, {@code {password}}, {@code {host}}, {@code {port}}
 *     and {@code {database}}, such as {@code
 *     postgresql://{user}:{password}@{host}:{port}/{database}}
 */
public record MigrationCommand(
    List<String> run, String versionQuery, String urlVariable, String urlForm) {
  public MigrationCommand {
    run = List.copyOf(run);
  }
}

package dev.liftoff.database;

import dev.liftoff.container.Image;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A migration tool other than Flyway, such as {@code alembic upgrade head}. It runs once as a
 * container of the candidate's image, and reaches only the database that it is to change: the
 * restored copy in the rehearsal, the live one later.
 *
 * @param run program and arguments; it must do nothing when the schema is at its end
 * @param versionQuery SQL that answers one text, the version the schema is at
 * @param urlVariable environment variable in which the tool finds the database's URL
 * @param urlForm the URL with {@code {user}}, {@code {password}}, {@code {host}}, {@code {port}}
 *     and {@code {database}}, such as {@code
 *     postgresql://{user}:{password}@{host}:{port}/{database}}
 * @param environment what else it needs; a value {@code env:NAME} or {@code file:/path} is a secret
 *     reference. The candidate's own variables are not given to it: they lead to the live database
 * @param place where it runs; null until the image is pinned
 */
public record MigrationCommand(
    List<String> run,
    String versionQuery,
    String urlVariable,
    String urlForm,
    Map<String, String> environment,
    @Nullable Place place) {

  /** The candidate's image, and the engine's network in which it reaches this worker. */
  public record Place(Image image, String network) {}

  public MigrationCommand {
    run = List.copyOf(run);
    environment = new TreeMap<>(environment);
  }

  public MigrationCommand in(@Nullable Place where) {
    return new MigrationCommand(run, versionQuery, urlVariable, urlForm, environment, where);
  }

  /** As it would be typed: what a waiver names as its file. */
  public String text() {
    return String.join(" ", run);
  }

  /**
   * What a waiver's checksum is bound to: the image's id and each word of the command, a line each.
   * {@code printf '%s\n' sha256:… alembic upgrade head | sha256sum} computes it.
   */
  public String identity() {
    String image = place == null ? "" : place.image().id();
    return image + "\n" + String.join("\n", run) + "\n";
  }
}

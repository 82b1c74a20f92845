package dev.liftoff.activities.database.rescue;

import dev.liftoff.activities.database.Identity;
import dev.liftoff.activities.database.PostgresServer;
import dev.liftoff.database.GivenUp;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Databases that were live until their twin took their place. They hold rows that exist nowhere
 * else, so each of them stays until the commander has named it, and then for as long as the plan
 * says.
 */
public record KeptDatabases(PostgresServer server) {
  private static final String ALL =
      """
      SELECT datname, shobj_description(oid, 'pg_database') FROM pg_database
      WHERE datname <> ? AND shobj_description(oid, 'pg_database') IS NOT NULL ORDER BY datname
      """;

  /** Those of the plan's database, a sentence each. */
  public List<String> sentences(Connection connection) throws SQLException {
    return all(connection).stream().map(KeptLabel::sentence).toList();
  }

  /** Refused as a value where the name is none of ours. Repeating does not change its time. */
  public GivenUp giveUp(Connection connection, String name, Instant now, Duration keep)
      throws SQLException {
    Optional<KeptLabel> found =
        all(connection).stream().filter(label -> label.name().equals(name)).findFirst();
    if (found.isEmpty()) {
      return new GivenUp(
          false,
          "%s is no database that a launch put aside for %s on this server; nothing was given up"
              .formatted(name, server.database()));
    }
    KeptLabel label = found.get();
    if (label.removeAfter() == null) {
      label = label.givenUp(now.plus(keep));
      Sql.execute(
          connection,
          "COMMENT ON DATABASE %s IS %s"
              .formatted(Names.quoted(name), Names.literal(label.text())));
    }
    return new GivenUp(true, label.sentence());
  }

  /** Only those that were given up, and long enough ago. */
  public List<String> removeExpired(Connection connection, Instant now) throws SQLException {
    List<String> removed = new ArrayList<>();
    for (KeptLabel label : all(connection)) {
      if (label.isOver(now)) {
        Sql.execute(
            connection, "DROP DATABASE %s WITH (FORCE)".formatted(Names.quoted(label.name())));
        removed.add(label.sentence());
      }
    }
    return removed;
  }

  /** A label that was written on another server came with a copy, and means nothing here. */
  private List<KeptLabel> all(Connection connection) throws SQLException {
    String here = Identity.systemIdentifier(connection);
    List<KeptLabel> labels = new ArrayList<>();
    for (String[] row : Sql.rows(connection, 2, ALL, server.database())) {
      KeptLabel.read(row[0], row[1])
          .filter(
              label -> label.server().equals(here) && label.database().equals(server.database()))
          .ifPresent(labels::add);
    }
    return labels;
  }
}

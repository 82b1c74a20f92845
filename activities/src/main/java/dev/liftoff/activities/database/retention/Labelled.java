package dev.liftoff.activities.database.retention;

import dev.liftoff.LaunchId;
import dev.liftoff.activities.database.Identity;
import dev.liftoff.activities.database.proof.Scratch;
import dev.liftoff.activities.database.rescue.Twin;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A database that a launch made beside a live one, by its comment. */
record Labelled(Kind kind, String name, LaunchId launch) {
  private static final Pattern SCRATCH_COMMENT =
      Pattern.compile(Pattern.quote(Scratch.MARKER) + "(\\S+) on server (\\w+)(?:, proven .*)?");
  private static final Pattern TWIN_COMMENT =
      Pattern.compile(
          Pattern.quote(Twin.MARKER) + "(\\S+) on the server (\\w+)(?:, replayed in .*)?");
  private static final String COMMENTS =
      "SELECT datname, shobj_description(oid, 'pg_database') AS comment FROM pg_database ORDER BY datname";

  /** What it was made for. */
  enum Kind {
    SCRATCH,
    TWIN;

    private Pattern comment() {
      return this == SCRATCH ? SCRATCH_COMMENT : TWIN_COMMENT;
    }

    private String name(LaunchId launch) {
      return this == SCRATCH ? Scratch.name(launch) : Twin.name(launch);
    }
  }

  /** Those that were labelled on this very server. */
  static List<Labelled> all(Connection connection) throws SQLException {
    String here = Identity.systemIdentifier(connection);
    List<Labelled> all = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(COMMENTS)) {
      while (result.next()) {
        String name = result.getString("datname");
        String comment = result.getString("comment");
        for (Kind kind : Kind.values()) {
          of(kind, name, kind.comment().matcher(comment == null ? "" : comment), here)
              .ifPresent(all::add);
        }
      }
    }
    return all;
  }

  /** Its name must be the one that the launch gives, too: a comment is easily copied. */
  private static Optional<Labelled> of(Kind kind, String name, Matcher comment, String here) {
    if (!comment.matches() || !comment.group(2).equals(here)) {
      return Optional.empty();
    }
    try {
      LaunchId launch = LaunchId.parse(comment.group(1));
      return Optional.of(new Labelled(kind, name, launch))
          .filter(_ -> name.equals(kind.name(launch)));
    } catch (IllegalArgumentException ofSomebodyElse) {
      return Optional.empty();
    }
  }
}

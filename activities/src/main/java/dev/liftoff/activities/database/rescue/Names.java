package dev.liftoff.activities.database.rescue;

import dev.liftoff.LaunchId;
import dev.liftoff.activities.database.Sha256;
import java.util.Locale;

/** Names of the databases that a launch keeps beside the live one, derived from the launch. */
final class Names {
  private static final int READABLE = 30;
  private static final int LONGEST = 63;
  private static final int CHECKSUM = 12;

  private Names() {}

  /** The copy of the live database as it was before the migration. */
  static String twin(LaunchId launch) {
    String readable = launch.asFileName().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "_");
    return "liftoff_twin_%s_%s"
        .formatted(readable.substring(0, Math.min(READABLE, readable.length())), checksum(launch));
  }

  /** What the live database is called when its twin took its place. */
  static String post(String database, LaunchId launch) {
    String end = "__post_" + checksum(launch);
    return database.substring(0, Math.min(LONGEST - end.length(), database.length())) + end;
  }

  static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  private static String checksum(LaunchId launch) {
    return Sha256.of(launch.toString()).substring(0, CHECKSUM);
  }
}

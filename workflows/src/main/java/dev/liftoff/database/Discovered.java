package dev.liftoff.database;

import java.util.List;

/**
 * What a database is like in which nothing stands against a launch.
 *
 * @param server product and version
 * @param bytes size of the database
 * @param warnings one sentence for each thing that somebody should look at before the launch
 * @param facts one sentence for each thing worth knowing
 */
public record Discovered(String server, long bytes, List<String> warnings, List<String> facts) {
  public Discovered {
    warnings = List.copyOf(warnings);
    facts = List.copyOf(facts);
  }
}

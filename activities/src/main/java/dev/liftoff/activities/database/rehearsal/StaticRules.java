package dev.liftoff.activities.database.rehearsal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Reads the pending migrations and the callbacks beside them: database.md 5.4. */
final class StaticRules {
  private StaticRules() {}

  /**
   * @param scripts the pending ones, by their path below the folder
   */
  static List<Finding> check(Path folder, List<String> scripts) throws IOException {
    List<Finding> findings = new ArrayList<>();
    for (String script : withCallbacks(folder, scripts)) {
      Path configuration = folder.resolve(script + ".conf");
      findings.addAll(
          check(
              script,
              Files.readString(folder.resolve(script)),
              Files.exists(configuration) ? Files.readString(configuration) : ""));
    }
    return findings;
  }

  /** In the order of the lines. */
  static List<Finding> check(String file, String sql, String configuration) {
    List<SqlStatement> statements = SqlStatement.of(sql);
    List<Finding> findings = new ArrayList<>();
    for (SqlStatement each : statements) {
      StatementRules.broken(each)
          .forEach(rule -> findings.add(new Finding(rule, file, each.line())));
    }
    findings.addAll(FileRules.findings(file, statements, configuration));
    findings.sort(Comparator.comparingInt(Finding::line).thenComparing(Finding::rule));
    return findings;
  }

  private static List<String> withCallbacks(Path folder, List<String> scripts) throws IOException {
    List<String> all = new ArrayList<>(scripts);
    try (Stream<Path> files = Files.walk(folder)) {
      files
          .map(file -> folder.relativize(file).toString())
          .filter(FileRules::isCallback)
          .sorted()
          .forEach(all::add);
    }
    return all;
  }
}

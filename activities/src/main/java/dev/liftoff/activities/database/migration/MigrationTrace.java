package dev.liftoff.activities.database.migration;

import dev.liftoff.Payloads;
import dev.liftoff.activities.database.LaunchFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What the migrations of a launch did to rows, as PostgreSQL counted it inside their own
 * transactions. It tells rows that a migration removed from rows that the service removed
 * meanwhile.
 */
public record MigrationTrace(List<Step> steps) {

  /**
   * Migrations of one transaction.
   *
   * @param deleted rows they deleted, by table
   * @param rewritten tables whose storage they replaced: truncated, rewritten or created anew
   */
  public record Step(List<String> scripts, Map<String, Long> deleted, List<String> rewritten) {}

  public MigrationTrace {
    steps = List.copyOf(steps);
  }

  /** Empty when the launch has not begun to migrate. */
  public static MigrationTrace read(LaunchFolder folder) throws IOException {
    return Files.exists(folder.trace())
        ? Payloads.mapper().readValue(folder.trace().toFile(), MigrationTrace.class)
        : new MigrationTrace(List.of());
  }

  public void write(LaunchFolder folder) throws IOException {
    folder.write(folder.trace(), Payloads.mapper().writeValueAsBytes(this));
  }

  public MigrationTrace with(Step step) {
    List<Step> more = new ArrayList<>(steps);
    more.add(step);
    return new MigrationTrace(more);
  }

  /** Without the steps that were rolled back after they had been noted. */
  public MigrationTrace only(List<String> applied) {
    return new MigrationTrace(
        steps.stream().filter(step -> applied.containsAll(step.scripts())).toList());
  }

  public boolean covers(List<String> applied) {
    return steps.stream()
        .flatMap(step -> step.scripts().stream())
        .collect(Collectors.toSet())
        .containsAll(applied);
  }

  public Map<String, Long> deleted() {
    Map<String, Long> sum = new TreeMap<>();
    steps.forEach(
        step -> step.deleted().forEach((table, rows) -> sum.merge(table, rows, Long::sum)));
    return sum;
  }

  public boolean rewrote(String table) {
    return steps.stream().anyMatch(step -> step.rewritten().contains(table));
  }

  /** Tables of the second that have other storage in the first. */
  public static List<String> rewritten(Map<String, Long> before, Map<String, Long> after) {
    TreeSet<String> tables = new TreeSet<>(before.keySet());
    tables.retainAll(after.keySet());
    tables.removeIf(table -> Objects.equals(before.get(table), after.get(table)));
    return List.copyOf(tables);
  }
}

package dev.liftoff.starter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.liftoff.checklist.ChecklistItem;
import dev.liftoff.plan.ChecklistItemReader;
import dev.liftoff.plan.InvalidPlan;
import dev.liftoff.plan.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * A checklist as a team wrote it: a table, or YAML that is a list, has one under {@code items}, or
 * is a plan with a checklist.
 */
record ListFile(String name, JsonNode list, Function<Problem, PlanFile.Found> place) {
  private static final String ITEMS = "items";

  static ListFile read(String name) throws PlanFile.InvalidFile {
    try {
      return parse(name, Files.readAllBytes(Path.of(name)));
    } catch (NoSuchFileException missing) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "%s: no such file.".formatted(name),
          "A list to start from: liftoff checklist default");
    } catch (IOException unreadable) {
      throw new CommandFailure(
          ExitCode.USAGE, "%s cannot be read: %s.".formatted(name, unreadable.getMessage()), null);
    }
  }

  static ListFile parse(String name, byte[] content) throws PlanFile.InvalidFile {
    return name.toLowerCase(Locale.ROOT).endsWith(".csv")
        ? CsvList.read(name, content)
        : ofYaml(PlanFile.parse(name, content));
  }

  private static ListFile ofYaml(PlanFile file) {
    for (String at : List.of("/checklist/items", "/items", "")) {
      JsonNode list = file.json().at(at);
      if (list.isArray()) {
        String path = at.replaceFirst("^/", "").replace('/', '.');
        return new ListFile(file.name(), list, problem -> found(file, problem, path));
      }
    }
    return new ListFile(file.name(), file.json(), problem -> found(file, problem, ""));
  }

  /** The reader knows the list as {@code items}; in the file it may be called otherwise. */
  private static PlanFile.Found found(PlanFile file, Problem problem, String list) {
    String path =
        problem.path().startsWith(ITEMS + "[")
            ? list + problem.path().substring(ITEMS.length())
            : list;
    return new PlanFile.Found(file.places().of(path), path, problem.message());
  }

  /**
   * What is asked.
   *
   * @throws PlanFile.InvalidFile with every problem and its line
   */
  List<ChecklistItem> items() throws PlanFile.InvalidFile {
    try {
      return ChecklistItemReader.read(JsonNodeFactory.instance.objectNode().set(ITEMS, list));
    } catch (InvalidPlan invalid) {
      throw new PlanFile.InvalidFile(
          name,
          invalid.problems().stream()
              .map(place)
              .sorted(Comparator.comparing(PlanFile.Found::place))
              .toList());
    }
  }
}

package dev.liftoff.starter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.liftoff.plan.InvalidPlan;
import dev.liftoff.plan.LaunchPlan;
import dev.liftoff.plan.PlanDocument;
import dev.liftoff.plan.PlanReader;
import dev.liftoff.plan.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/**
 * A plan as somebody wrote it, in YAML or JSON.
 *
 * @param name as it was given, for messages
 */
record PlanFile(String name, JsonNode json, Places places) {
  private static final int LARGEST = 1 << 20;

  /**
   * Reads the form, not yet the meaning.
   *
   * @throws CommandFailure when there is no such file
   * @throws InvalidFile with every problem of its form
   */
  static PlanFile read(String name) throws InvalidFile {
    return parse(name, bytes(name));
  }

  static PlanFile parse(String name, byte[] content) throws InvalidFile {
    if (content.length > LARGEST) {
      throw new InvalidFile(
          name,
          List.of(
              new Found(
                  Place.START,
                  "",
                  "must not be larger than 1 MiB; it is " + content.length + " bytes")));
    }
    PlanParser.Parsed parsed = PlanParser.parse(name, content);
    if (!parsed.problems().isEmpty()) {
      throw new InvalidFile(name, parsed.problems());
    }
    return new PlanFile(name, parsed.json(), parsed.places());
  }

  /**
   * What the launch will do.
   *
   * @throws InvalidFile with every problem and its place
   */
  LaunchPlan plan() throws InvalidFile {
    try {
      return PlanReader.read(json);
    } catch (InvalidPlan invalid) {
      throw new InvalidFile(
          name,
          invalid.problems().stream()
              .map(this::found)
              .sorted(Comparator.comparing(Found::place))
              .toList());
    }
  }

  /** As a launch takes it. */
  PlanDocument document() {
    return new PlanDocument(json);
  }

  private Found found(Problem problem) {
    return new Found(places.of(problem.path()), problem.path(), problem.message());
  }

  /** The same plan with another hour of T+0. */
  PlanFile at(String launchAt) {
    if (json instanceof ObjectNode object) {
      return new PlanFile(
          name, object.deepCopy().set("launchAt", TextNode.valueOf(launchAt)), places);
    }
    return this;
  }

  private static byte[] bytes(String name) {
    try (InputStream in = name.equals("-") ? System.in : Files.newInputStream(Path.of(name))) {
      return in.readNBytes(LARGEST + 1);
    } catch (NoSuchFileException missing) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "%s: no such file.".formatted(name),
          "An annotated plan to start from: liftoff plan init");
    } catch (IOException | java.nio.file.InvalidPathException unreadable) {
      throw new CommandFailure(
          ExitCode.USAGE, "%s cannot be read: %s.".formatted(name, unreadable.getMessage()), null);
    }
  }

  /** Line and column, both from 1. */
  record Place(int line, int column) implements Comparable<Place> {
    static final Place START = new Place(1, 1);

    @Override
    public int compareTo(Place other) {
      return Comparator.comparingInt(Place::line)
          .thenComparingInt(Place::column)
          .compare(this, other);
    }
  }

  /** One problem, with its place in the file. */
  record Found(Place place, String path, String message) {
    String in(String file) {
      String where = "%s:%d:%d".formatted(file, place.line(), place.column());
      return path.isEmpty() ? where + ": " + message : "%s %s: %s".formatted(where, path, message);
    }
  }

  /** A plan file that cannot be launched. */
  static final class InvalidFile extends Exception {
    private final String file;
    private final transient List<Found> problems;

    InvalidFile(String file, List<Found> problems) {
      super(file + " has " + count(problems.size()));
      this.file = file;
      this.problems = problems;
    }

    String file() {
      return file;
    }

    /** A line each, such as {@code plan.yaml:12:5 traffic.steps[1].weight: must be …}. */
    List<String> lines() {
      return problems.stream().map(problem -> problem.in(file)).toList();
    }

    List<Found> problems() {
      return problems;
    }

    private static String count(int problems) {
      return problems == 1 ? "1 problem" : problems + " problems";
    }
  }
}

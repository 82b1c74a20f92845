package dev.liftoff.activities.container;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.liftoff.LaunchId;
import dev.liftoff.activities.Secrets;
import dev.liftoff.container.Evidence;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where the evidence of one container of a launch lies. */
final class EvidenceFolder {
  private static final int LAST_LINES = 2_000;
  private static final String EXIT_CODE = "exit-code";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;

  EvidenceFolder(Path artifacts, LaunchId launch, String container) {
    folder = artifacts.resolve(launch.asFileName()).resolve("evidence").resolve(container);
  }

  Evidence save(Found container, Logs logs, Secrets secrets) {
    Masking masking = new Masking(secrets, container);
    JsonNode inspected = masked(JSON.valueToTree(container.inspected().getRawValues()), masking);
    write("inspect.json", pretty(inspected));
    write("health.json", pretty(inspected.path("State").path("Health")));
    write("logs.txt", lines(logs.last(container, LAST_LINES)));
    saveExitCode(container);
    return saved(container.running() ? null : container.exitCode());
  }

  /** What an earlier capture has left, for a container that is gone by now. */
  Evidence existing() {
    return Files.isDirectory(folder) ? saved(savedExitCode()) : new Evidence("", List.of(), null);
  }

  private void saveExitCode(Found container) {
    if (!container.running()) {
      write(EXIT_CODE, container.exitCode() + "\n");
      return;
    }
    try {
      Files.deleteIfExists(folder.resolve(EXIT_CODE));
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private @Nullable Integer savedExitCode() {
    Path file = folder.resolve(EXIT_CODE);
    try {
      return Files.exists(file) ? Integer.valueOf(Files.readString(file).strip()) : null;
    } catch (IOException e) {
      throw new UncheckedIOException("evidence in " + folder + " cannot be read", e);
    }
  }

  private Evidence saved(@Nullable Integer exitCode) {
    try (Stream<Path> files = Files.list(folder)) {
      return new Evidence(
          folder.toString(),
          files.map(each -> each.getFileName().toString()).sorted().toList(),
          exitCode);
    } catch (IOException e) {
      throw new UncheckedIOException("evidence in " + folder + " cannot be listed", e);
    }
  }

  private void write(String name, String text) {
    try {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private UncheckedIOException unwritable(IOException cause) {
    return new UncheckedIOException(
        "evidence cannot be written to "
            + folder
            + "; make it writable for the worker and see that the disk is not full",
        cause);
  }

  private static String lines(List<String> lines) {
    return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
  }

  private static String pretty(JsonNode node) {
    try {
      JsonNode shown = node.isMissingNode() ? JSON.createObjectNode() : node;
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(shown) + "\n";
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a JSON tree cannot be written", impossible);
    }
  }

  /** Masked text by text, not in the file: there a quote in a secret is escaped. */
  private static JsonNode masked(JsonNode node, Masking masking) {
    return switch (node.getNodeType()) {
      case STRING -> JSON.getNodeFactory().textNode(masking.mask(node.asText()));
      case ARRAY -> {
        ArrayNode copy = JSON.createArrayNode();
        node.forEach(each -> copy.add(masked(each, masking)));
        yield copy;
      }
      case OBJECT -> {
        ObjectNode copy = JSON.createObjectNode();
        node.properties()
            .forEach(each -> copy.set(each.getKey(), masked(each.getValue(), masking)));
        yield copy;
      }
      case BINARY, BOOLEAN, MISSING, NULL, NUMBER, POJO -> node;
    };
  }
}

package dev.liftoff.activities.traffic;

import dev.liftoff.FailureType;
import dev.liftoff.traffic.Weight;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The map's file, which the proxy reads when it starts. Lines that are not ours are kept. */
final class WeightFile {
  private final Path path;
  private final String key;

  WeightFile(Path path, String key) {
    this.path = path;
    this.key = key;
  }

  Weight green() {
    return lines().stream()
        .filter(line -> MapLine.has(key, line))
        .findFirst()
        .map(line -> MapLine.weight(value(line), "the map file " + path, key))
        .orElseThrow(() ->
            refused("has no line '%s': add '%s 0' and restart the proxy".formatted(key, key)));
  }

  /** Replaces our line, or adds it; after this the weight survives a loss of power. */
  void write(Weight green) {
    try {
      DurableFile.replace(path, String.join("\n", with(MapLine.of(key, green))) + "\n");
    } catch (IOException reason) {
      throw new UncheckedIOException("cannot write the map file " + path, reason);
    }
  }

  private List<String> with(String ours) {
    List<String> lines = new ArrayList<>(Files.exists(path) ? lines() : List.of());
    lines.removeIf(line -> MapLine.has(key, line));
    lines.add(ours);
    return lines;
  }

  private List<String> lines() {
    try {
      return Files.readAllLines(path);
    } catch (NoSuchFileException reason) {
      throw refused("does not exist: share the proxy's map folder with the worker");
    } catch (MalformedInputException reason) {
      throw refused("is not text: write '" + key + " 0' into it and restart the proxy");
    } catch (IOException reason) {
      throw new UncheckedIOException("cannot read the map file " + path, reason);
    }
  }

  private static String value(String line) {
    String[] words = line.strip().split("\\s+", 2);
    return words.length == 2 ? words[1] : "";
  }

  private RuntimeException refused(String what) {
    return FailureType.TRAFFIC_REFUSED.permanent("the map file %s %s".formatted(path, what));
  }
}

package dev.liftoff.activities.traffic;

import dev.liftoff.FailureType;
import dev.liftoff.traffic.Weight;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The folder that nginx looks into: one folder per weight of green, and the link to the current
 * one.
 */
final class Stages {
  private final Path stages;
  private final Path current;

  /** The new link has one name: two switches at once would take it from each other. */
  private final ReentrantLock switching = new ReentrantLock();

  Stages(Path traffic) {
    Path folder = traffic.toAbsolutePath().normalize();
    this.stages = folder.resolve("stages");
    this.current = folder.resolve("current");
  }

  SortedSet<Weight> all() {
    try (Stream<Path> folders = Files.list(stages)) {
      return folders
          .filter(Files::isDirectory)
          .flatMap(folder -> weight(folder).stream())
          .collect(Collectors.toCollection(TreeSet::new));
    } catch (NoSuchFileException | NotDirectoryException reason) {
      throw refused(stages + " is no folder: share the proxy's traffic folder with the worker");
    } catch (IOException reason) {
      throw new UncheckedIOException("cannot read " + stages, reason);
    }
  }

  Weight current() {
    return linked()
        .filter(target -> stages.equals(target.getParent()))
        .flatMap(Stages::weight)
        .filter(green -> Files.isDirectory(folder(green)))
        .orElseThrow(this::notOurs);
  }

  void require(Weight green) {
    SortedSet<Weight> all = all();
    if (!all.contains(green)) {
      throw refused(
          "nginx has no stage %s: its stages give green %s".formatted(folder(green), all));
    }
  }

  /** Makes this stage current and reads the link back. */
  void select(Weight green) {
    require(green);
    requireReplaceable();
    switching.lock();
    try {
      DurableFile.link(current, Path.of("stages", Integer.toString(green.percent())));
    } catch (IOException reason) {
      throw new UncheckedIOException("cannot replace " + current, reason);
    } finally {
      switching.unlock();
    }
    if (!current().equals(green)) {
      throw new IllegalStateException(
          "%s gives green %s after it was set to %s".formatted(current, current(), green));
    }
  }

  /** A folder in the place of the link is somebody's mistake, and not ours to remove. */
  private void requireReplaceable() {
    if (Files.exists(current, LinkOption.NOFOLLOW_LINKS) && !Files.isSymbolicLink(current)) {
      throw notOurs();
    }
  }

  private Optional<Path> linked() {
    try {
      return Optional.of(current.resolveSibling(Files.readSymbolicLink(current)).normalize());
    } catch (NoSuchFileException | NotLinkException reason) {
      return Optional.empty();
    } catch (IOException reason) {
      throw new UncheckedIOException("cannot read " + current, reason);
    }
  }

  private Path folder(Weight green) {
    return stages.resolve(Integer.toString(green.percent()));
  }

  /** The weight that a folder's name says; a name such as {@code 007} says none. */
  private static Optional<Weight> weight(Path folder) {
    String name = folder.getFileName().toString();
    return name.matches("0|100|[1-9][0-9]?")
        ? Optional.of(new Weight(Integer.parseInt(name)))
        : Optional.empty();
  }

  private RuntimeException notOurs() {
    return refused(
        "%s is no link to a stage: run 'ln -sfn stages/0 %s' to give blue everything (100 for green)"
            .formatted(current, current));
  }

  private static RuntimeException refused(String message) {
    return FailureType.TRAFFIC_REFUSED.permanent(message);
  }
}

package dev.liftoff.activities.database.migration;

import dev.liftoff.Payloads;
import dev.liftoff.activities.database.LaunchFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * What is being applied now, written before it begins: an attempt after a crash reads here what the
 * one before it was at.
 *
 * @param fingerprint of the catalog before it
 * @param invalidBefore indexes that were invalid before it, and are somebody else's
 * @param transaction the one that it runs in, noted inside it before it is committed
 * @param noted the files that this transaction has run
 */
record StepNote(
    List<String> scripts,
    boolean transactional,
    String fingerprint,
    SortedSet<String> invalidBefore,
    @Nullable String transaction,
    List<String> noted) {

  static StepNote before(Segment segment, LiveSchema live) {
    return new StepNote(
        segment.scripts(),
        segment.transactional(),
        live.fingerprint(),
        live.blemishes().invalidIndexes(),
        null,
        List.of());
  }

  StepNote in(String current, List<String> ran) {
    return new StepNote(
        scripts, transactional, fingerprint, invalidBefore, current, List.copyOf(ran));
  }

  static Optional<StepNote> read(LaunchFolder folder) throws IOException {
    return Files.exists(file(folder))
        ? Optional.of(Payloads.mapper().readValue(file(folder).toFile(), StepNote.class))
        : Optional.empty();
  }

  void write(LaunchFolder folder) throws IOException {
    folder.write(file(folder), Payloads.mapper().writeValueAsBytes(this));
  }

  static void discard(LaunchFolder folder) throws IOException {
    Files.deleteIfExists(file(folder));
    LaunchFolder.sync(folder.path());
  }

  private static Path file(LaunchFolder folder) {
    return folder.path().resolve("migration-step.json");
  }
}

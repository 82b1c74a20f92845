package dev.liftoff.activities.database.rehearsal;

import dev.liftoff.Payloads;
import dev.liftoff.activities.database.LaunchFolder;
import dev.liftoff.database.Rehearsal;
import dev.liftoff.database.Waiver;
import dev.liftoff.database.Writes;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a launch keeps of its rehearsal, {@code rehearsal.json} in its folder: the answer, and what
 * it is the answer to. Its fingerprints are those of {@code Catalog.restoredFingerprint()}, which
 * are the same for the live database and its copy.
 *
 * @param files sha256 of every file of the migrations folder, by its path below it
 * @param waivers the rules that were set aside when it was judged
 * @param writes what the service was to do meanwhile when it was judged
 */
public record SavedRehearsal(
    Map<String, String> files, List<Waiver> waivers, Writes writes, Rehearsal rehearsal) {
  public SavedRehearsal {
    files = new TreeMap<>(files);
    waivers = List.copyOf(waivers);
  }

  /** Empty when this launch has not rehearsed. */
  public static Optional<SavedRehearsal> read(LaunchFolder folder) throws IOException {
    return Files.exists(folder.rehearsal())
        ? Optional.of(
            Payloads.mapper().readValue(folder.rehearsal().toFile(), SavedRehearsal.class))
        : Optional.empty();
  }

  void write(LaunchFolder folder) throws IOException {
    folder.write(
        folder.rehearsal(),
        Payloads.mapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(this));
  }

  /** Whether it answers the same question. */
  boolean answers(SavedRehearsal other) {
    return files.equals(other.files)
        && waivers.equals(other.waivers)
        && writes == other.writes
        && rehearsal.fingerprint().equals(other.rehearsal.fingerprint());
  }
}

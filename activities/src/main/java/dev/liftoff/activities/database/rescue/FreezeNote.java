package dev.liftoff.activities.database.rescue;

import dev.liftoff.Payloads;
import dev.liftoff.activities.database.LaunchFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a freeze takes away, {@code freeze.json}: written before it does, so that it can be given
 * back whatever happens.
 *
 * @param id tells one freeze of a launch from another
 */
record FreezeNote(String id, String database, Instant since, Rights rights) {

  /** Null while the service may come in. */
  static @Nullable FreezeNote read(LaunchFolder folder) throws IOException {
    Path file = file(folder);
    return Files.exists(file) ? Payloads.mapper().readValue(file.toFile(), FreezeNote.class) : null;
  }

  void write(LaunchFolder folder) throws IOException {
    folder.write(file(folder), Payloads.mapper().writeValueAsBytes(this));
  }

  static void finish(LaunchFolder folder) throws IOException {
    Files.move(
        file(folder),
        folder.path().resolve("freeze-ended.json"),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    LaunchFolder.sync(folder.path());
  }

  private static Path file(LaunchFolder folder) {
    return folder.path().resolve("freeze.json");
  }
}

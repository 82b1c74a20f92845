package dev.liftoff.activities.database.backup;

import dev.liftoff.LaunchId;
import dev.liftoff.Payloads;
import dev.liftoff.activities.database.LaunchFolder;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The files of a server that runs beside the live one, and the label that says whose it is: without
 * one nothing is ever stopped or removed.
 */
public record ScratchFolder(Path path) {
  private static final String LABEL = "liftoff-scratch.json";

  /**
   * Whose it is.
   *
   * @param worker that started it last
   * @param port where its server listens, on the loopback interface; 0 before the first start
   * @param provenFrom manifest of the restore point whose content it had; null in an attempt
   */
  public record Label(
      LaunchId launch, Instant since, WorkerProcess worker, int port, @Nullable String provenFrom) {
    Label at(int where) {
      return new Label(launch, since, WorkerProcess.here(), where, provenFrom);
    }

    Label proven(String manifestSha256) {
      return new Label(launch, since, worker, port, manifestSha256);
    }
  }

  /** Empty where it was never labelled. */
  public Optional<Label> label() {
    File file = path.resolve(LABEL).toFile();
    try {
      return file.exists()
          ? Optional.of(Payloads.mapper().readValue(file, Label.class))
          : Optional.empty();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  void write(Label label) throws IOException {
    new LaunchFolder(path).write(path.resolve(LABEL), Payloads.mapper().writeValueAsBytes(label));
  }

  /** Its content was compared; from now on it is found by later steps. */
  public void markProven(String manifestSha256) throws IOException {
    write(label().orElseThrow().proven(manifestSha256));
  }

  Path data() {
    return path.resolve("data");
  }

  /** What the server said. */
  Path log() {
    return path.resolve("log");
  }
}

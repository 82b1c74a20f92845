package dev.liftoff.activities.database.retention;

import dev.liftoff.LaunchId;
import dev.liftoff.Payloads;
import dev.liftoff.activities.Secrets;
import dev.liftoff.activities.database.LaunchFolder;
import dev.liftoff.activities.database.PostgresServer;
import dev.liftoff.activities.database.backup.ScratchServers;
import dev.liftoff.activities.database.proof.Scratch;
import dev.liftoff.database.DatabaseSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where launches may have left a scratch database: {@code scratch.json} in a launch's folder, from
 * before there is one until it is gone. So it can be removed when nobody asks for that launch any
 * more, such as after it was terminated.
 *
 * @param artifacts folder of all launches
 * @param servers those that run from physical copies
 */
public record LeftScratch(
    Path artifacts, ScratchServers servers, Secrets secrets, Duration connectLimit) {
  private static final String NOTE = "scratch.json";

  /** Of the password it says only where it lies. */
  private record Note(LaunchId launch, DatabaseSpec spec) {}

  public void expect(LaunchId launch, DatabaseSpec spec) throws IOException {
    LaunchFolder folder = LaunchFolder.of(artifacts, launch);
    folder.write(
        folder.path().resolve(NOTE), Payloads.mapper().writeValueAsBytes(new Note(launch, spec)));
  }

  public void forget(LaunchId launch) throws IOException {
    Files.deleteIfExists(LaunchFolder.of(artifacts, launch).path().resolve(NOTE));
  }

  /** Launches that may have left one; they may still run. */
  public List<LaunchId> launches() throws IOException {
    return notes().stream().map(Note::launch).toList();
  }

  /** For a launch that is over: its scratch database and its half restore points are gone. */
  public void discard(LaunchId launch) throws IOException, SQLException, InterruptedException {
    for (Note note : notes()) {
      if (note.launch().equals(launch)) {
        new Scratch(new PostgresServer(launch, note.spec(), secrets, connectLimit)).close();
        forgetFiles(launch);
      }
    }
  }

  /** The same of its files alone. */
  void forgetFiles(LaunchId launch) throws IOException, InterruptedException {
    servers.discard(launch);
    LaunchFolder folder = LaunchFolder.of(artifacts, launch);
    folder.discardPartials(folder.backup());
    forget(launch);
  }

  private List<Note> notes() throws IOException {
    if (!Files.isDirectory(artifacts)) {
      return List.of();
    }
    List<Note> notes = new ArrayList<>();
    try (Stream<Path> folders = Files.list(artifacts)) {
      for (Path file : folders.map(folder -> folder.resolve(NOTE)).filter(Files::exists).toList()) {
        notes.add(Payloads.mapper().readValue(file.toFile(), Note.class));
      }
    }
    return notes;
  }
}

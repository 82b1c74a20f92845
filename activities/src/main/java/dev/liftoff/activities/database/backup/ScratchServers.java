package dev.liftoff.activities.database.backup;

import dev.liftoff.FailureType;
import dev.liftoff.LaunchId;
import dev.liftoff.activities.database.LaunchFolder;
import dev.liftoff.activities.database.Sha256;
import dev.liftoff.activities.database.ToolFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/**
 * The servers that run from restored files on this host, one folder each. Each attempt has its own,
 * so that an earlier one that is still dying cannot write into it.
 *
 * @param root the folder of all, which the server's user may enter
 */
public record ScratchServers(Path root) {
  /** A launch that did not come back for its copy within this time restores it again. */
  private static final Duration KEPT = Duration.ofDays(1);

  /** The path of a socket has 107 bytes; the attempt's folder and the socket's name need 37. */
  private static final int LONGEST = 70;

  /** Copies of earlier attempts are gone; a new, labelled folder is there. */
  public ScratchFolder begin(LaunchId launch) throws IOException, InterruptedException, ToolFailed {
    discard(launch);
    requireUsable();
    Path path = root.resolve(prefix(launch) + HexFormat.of().toHexDigits((short) random()));
    ServerUser.enterable(root);
    ScratchFolder folder = new ScratchFolder(Files.createDirectory(path));
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
    folder.write(new ScratchFolder.Label(launch, Instant.now(), WorkerProcess.here(), 0, null));
    return folder;
  }

  /** The copy of this launch that was compared and kept; empty where there is none. */
  public Optional<ScratchFolder> kept(LaunchId launch) throws IOException {
    for (ScratchFolder each : of(launch)) {
      if (each.label().map(label -> label.provenFrom() != null).orElse(false)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  /** No server of this launch runs and no file of one is left. */
  public void discard(LaunchId launch) throws IOException, InterruptedException {
    for (ScratchFolder each : of(launch)) {
      remove(each);
    }
  }

  /**
   * For a worker that starts: servers of workers that are gone do not run. The files of a copy stay
   * for its launch, which starts it again where it needs it; those of a copy that nobody came back
   * for, and what attempts left, are removed.
   *
   * @return what was stopped or removed
   */
  public List<Path> sweep(Instant now) throws IOException, InterruptedException {
    List<Path> swept = new ArrayList<>();
    for (ScratchFolder each : all()) {
      Optional<ScratchFolder.Label> label = each.label();
      if (label.isEmpty() || !label.get().worker().isGone()) {
        continue;
      }
      swept.add(each.path());
      boolean kept =
          label.get().provenFrom() != null && label.get().since().plus(KEPT).isAfter(now);
      if (kept) {
        ServerProcess.stop(each);
      } else {
        remove(each);
      }
    }
    return swept;
  }

  private static void remove(ScratchFolder folder) throws IOException, InterruptedException {
    ServerProcess.stop(folder);
    LaunchFolder.delete(folder.path());
  }

  private List<ScratchFolder> of(LaunchId launch) throws IOException {
    List<ScratchFolder> own = new ArrayList<>();
    for (ScratchFolder each : all()) {
      boolean labelled =
          each.label().map(label -> label.launch().equals(launch)).orElse(isEmpty(each));
      if (labelled && each.path().getFileName().toString().startsWith(prefix(launch))) {
        own.add(each);
      }
    }
    return own;
  }

  /** An attempt that died before it could label its folder has left nothing in it. */
  private static boolean isEmpty(ScratchFolder folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder.path())) {
      return entries.findAny().isEmpty();
    }
  }

  private List<ScratchFolder> all() throws IOException {
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(root)) {
      return entries.filter(Files::isDirectory).map(ScratchFolder::new).toList();
    }
  }

  private void requireUsable() throws IOException {
    if (root.toString().length() > LONGEST) {
      throw FailureType.BACKUP_FAILED.permanent(
          "the path of the folder of scratch servers, %s, has %d characters and may have %d: a socket's path is short; set a shorter one as database.postgres.scratch in the worker's settings"
              .formatted(root, root.toString().length(), LONGEST));
    }
    Files.createDirectories(root);
  }

  private static String prefix(LaunchId launch) {
    return Sha256.of(launch.toString()).substring(0, 12) + ".";
  }

  private static int random() {
    return ThreadLocalRandom.current().nextInt();
  }
}

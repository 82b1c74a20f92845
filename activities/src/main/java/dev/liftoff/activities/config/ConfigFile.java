package dev.liftoff.activities.config;

import dev.liftoff.FailureType;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** One file that a plan names, after everything that speaks against touching it was looked at. */
record ConfigFile(Path path) {
  private static final long LARGEST = 16L * 1024 * 1024;
  private static final int PERMISSIONS = 07777;

  /** A regular file that can be saved. */
  static ConfigFile existing(String file) throws IOException {
    Path path = absolute(file);
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      throw refused(file + " does not exist, so it cannot be saved; correct the path in the plan");
    }
    requireRealPath(path, real(path));
    if (Files.isDirectory(path)) {
      throw refused(file + " is a folder; name the files in it that shall be saved");
    }
    if (!Files.isRegularFile(path)) {
      throw refused(file + " is neither a file nor a folder; only files can be saved");
    }
    if (Files.size(path) > LARGEST) {
      throw refused(
          file + " is larger than 16 MiB, which is no configuration; take it off the plan");
    }
    return new ConfigFile(path);
  }

  /** A file that was saved and may be gone or changed since. */
  static ConfigFile replaced(Manifest.Entry entry) throws IOException {
    Path path = absolute(entry.file());
    Path folder = path.getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw refused("the folder of " + path + " is gone; create it, then retry");
    }
    requireRealPath(path, real(folder).resolve(path.getFileName()));
    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      throw refused(path + " has become a folder; remove it, then retry");
    }
    return new ConfigFile(path);
  }

  byte[] content() throws IOException {
    try {
      return Files.readAllBytes(path);
    } catch (AccessDeniedException unreadable) {
      throw refused(path + " cannot be read by the worker; give it read permission");
    }
  }

  Manifest.Entry describe(byte[] content) throws IOException {
    return new Manifest.Entry(
        path.toString(),
        Manifest.sha256(content),
        number(path, "uid"),
        number(path, "gid"),
        number(path, "mode") & PERMISSIONS);
  }

  /** Whether its content had to be changed for that. */
  boolean becomes(byte[] content, Manifest.Entry wanted) throws IOException {
    // A link that was put in the file's place is replaced, never followed.
    boolean same = Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) && same(wanted);
    if (same && describe(content).equals(wanted)) {
      return false;
    }
    try {
      DurableFile.write(path, content, file -> dress(file, wanted));
    } catch (AccessDeniedException denied) {
      throw refusedBy(denied, wanted);
    } catch (FileSystemException failed) {
      if ("Operation not permitted".equals(failed.getReason())) {
        throw refusedBy(failed, wanted);
      }
      throw failed;
    }
    return !same;
  }

  private boolean same(Manifest.Entry wanted) throws IOException {
    return Manifest.sha256(content()).equals(wanted.sha256());
  }

  private static void dress(Path file, Manifest.Entry wanted) throws IOException {
    if (number(file, "uid") != wanted.owner()) {
      Files.setAttribute(file, "unix:uid", wanted.owner());
    }
    if (number(file, "gid") != wanted.group()) {
      Files.setAttribute(file, "unix:gid", wanted.group());
    }
    // After the owner: a change of owner clears the set-uid bits.
    Files.setAttribute(file, "unix:mode", wanted.mode());
  }

  private static int number(Path file, String attribute) throws IOException {
    return (Integer) Files.getAttribute(file, "unix:" + attribute, LinkOption.NOFOLLOW_LINKS);
  }

  private static Path absolute(String file) {
    try {
      Path path = Path.of(file);
      if (path.isAbsolute()) {
        return path;
      }
    } catch (InvalidPathException nonsense) {
      throw refused("a configuration file has a name that no file can have");
    }
    throw refused(file + " must be an absolute path");
  }

  private static Path real(Path path) throws IOException {
    try {
      return path.toRealPath();
    } catch (NoSuchFileException dangling) {
      throw refused(path + " is a link that leads nowhere; name the real file");
    } catch (AccessDeniedException denied) {
      throw refused(path + " cannot be read by the worker; give it read permission");
    }
  }

  private static void requireRealPath(Path path, Path real) {
    if (!real.equals(path)) {
      throw refused("%s leads to %s; name that path in the plan".formatted(path, real));
    }
  }

  private static ApplicationFailure refusedBy(FileSystemException cause, Manifest.Entry wanted) {
    return refused(
        "%s cannot be replaced with owner %d:%d by the worker (%s); let it write there, then retry"
            .formatted(wanted.file(), wanted.owner(), wanted.group(), cause.getReason()));
  }

  private static ApplicationFailure refused(String sentence) {
    return FailureType.CONFIGURATION_REFUSED.permanent(sentence);
  }
}

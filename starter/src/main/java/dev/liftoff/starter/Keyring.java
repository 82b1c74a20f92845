package dev.liftoff.starter;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/** Where the token of whoever sits here is: {@code $LIFTOFF_TOKEN_FILE}, else below the home. */
final class Keyring {
  private static final Set<java.nio.file.attribute.PosixFilePermission> OWN =
      PosixFilePermissions.fromString("rw-------");

  private Keyring() {}

  /**
   * The token; empty when there is none.
   *
   * @throws CommandFailure when others could read it, or when it is none
   */
  static Optional<Token> token(Terminal terminal) {
    Optional<Path> file = place(terminal).filter(Files::exists);
    return file.map(Keyring::read);
  }

  static Optional<Path> place(Terminal terminal) {
    String given = terminal.environment("LIFTOFF_TOKEN_FILE", "");
    String home = terminal.environment("HOME", "");
    if (!given.isEmpty()) {
      return Optional.of(Path.of(given));
    }
    return home.isEmpty() ? Optional.empty() : Optional.of(Path.of(home, ".liftoff", "token"));
  }

  private static Token read(Path file) {
    try {
      if (!OWN.containsAll(Files.getPosixFilePermissions(file))) {
        throw new CommandFailure(
            ExitCode.USAGE,
            "The token in %s can be read by others.".formatted(file),
            "chmod 600 " + file);
      }
      return Token.parse(Files.readString(file, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException wrong) {
      throw new CommandFailure(ExitCode.USAGE, file + " " + wrong.getMessage(), null);
    } catch (IOException unreadable) {
      throw new CommandFailure(
          ExitCode.USAGE, "The token in %s cannot be read: %s".formatted(file, unreadable), null);
    }
  }

  /** For nobody else, and whole or not at all. */
  static void write(Path file, String text) {
    write(file, text, "rw-------");
  }

  static void write(Path file, String text, String mode) {
    try {
      Path folder = file.toAbsolutePath().getParent();
      Files.createDirectories(folder);
      Path whole =
          Files.createTempFile(
              folder,
              ".liftoff",
              null,
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(whole, text, StandardCharsets.UTF_8);
      Files.setPosixFilePermissions(whole, PosixFilePermissions.fromString(mode));
      Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException trouble) {
      throw new CommandFailure(
          ExitCode.USAGE, "%s cannot be written: %s".formatted(file, trouble), null);
    }
  }
}

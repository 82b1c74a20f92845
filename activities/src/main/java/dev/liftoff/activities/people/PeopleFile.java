package dev.liftoff.activities.people;

import dev.liftoff.people.PeopleText;
import dev.liftoff.people.Person;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The file of people, read anew each time. */
final class PeopleFile {
  private static final Set<PosixFilePermission> BY_OTHERS =
      EnumSet.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

  private final Path file;

  PeopleFile(Path file) {
    this.file = file;
  }

  List<Person> people() throws UnusableFile {
    try {
      check();
      return PeopleText.parse(Files.readString(file, StandardCharsets.UTF_8));
    } catch (NoSuchFileException missing) {
      throw new UnusableFile(
          "the file of people %s is not there: liftoff people add writes it".formatted(file),
          missing);
    } catch (IOException | IllegalArgumentException unreadable) {
      throw new UnusableFile(
          "the file of people %s cannot be read: %s".formatted(file, unreadable.getMessage()),
          unreadable);
    }
  }

  private void check() throws IOException, UnusableFile {
    if (Files.getPosixFilePermissions(file).stream().anyMatch(BY_OTHERS::contains)) {
      throw new UnusableFile(
          "the file of people %s can be written by others: chmod go-w %s".formatted(file, file));
    }
    if (Files.size(file) > PeopleText.LONGEST) {
      throw new UnusableFile(
          "the file of people %s is larger than %d bytes".formatted(file, PeopleText.LONGEST));
    }
  }
}

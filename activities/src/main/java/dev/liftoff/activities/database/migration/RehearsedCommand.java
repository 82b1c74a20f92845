package dev.liftoff.activities.database.migration;

import dev.liftoff.FailureType;
import dev.liftoff.Payloads;
import dev.liftoff.activities.database.LaunchFolder;
import dev.liftoff.activities.database.Sha256;
import dev.liftoff.database.MigrationCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a migration needs of a command's rehearsal, {@code rehearsed-command.json}.
 *
 * @param sha256 of {@link MigrationCommand#identity}
 * @param states the one before it, and the one after each of its commits
 * @param every whether each commit was looked at; otherwise there are states that nobody has seen
 */
public record RehearsedCommand(String sha256, List<CommandState> states, boolean every) {
  public RehearsedCommand {
    states = List.copyOf(states);
  }

  public static Optional<RehearsedCommand> read(LaunchFolder folder) throws IOException {
    return Files.exists(file(folder))
        ? Optional.of(Payloads.mapper().readValue(file(folder).toFile(), RehearsedCommand.class))
        : Optional.empty();
  }

  public void write(LaunchFolder folder) throws IOException {
    folder.write(file(folder), Payloads.mapper().writeValueAsBytes(this));
  }

  /** It is all or nothing: one commit, and no other could have been missed. */
  public boolean atomic() {
    return every && states.size() <= 2;
  }

  CommandState start() {
    return states.getFirst();
  }

  CommandState end() {
    return states.getLast();
  }

  /** Permanent unless this image and this command were rehearsed. */
  void requireSame(MigrationCommand command) {
    String now = Sha256.of(command.identity());
    if (!now.equals(sha256)) {
      throw FailureType.MIGRATION_FAILED.permanent(
          "%s or its image changed after it was rehearsed and approved: sha256 %s then, %s now; nothing was applied, launch again so that it is rehearsed"
              .formatted(command.text(), sha256, now));
    }
  }

  private static Path file(LaunchFolder folder) {
    return folder.path().resolve("rehearsed-command.json");
  }
}

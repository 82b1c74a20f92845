package dev.liftoff.starter;

import dev.liftoff.checklist.ChecklistItem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a list is written, and where. */
final class ChecklistForm {
  @Option(names = "--csv", description = "As a table, instead of the section for a plan")
  boolean csv;

  @Option(names = "--out", paramLabel = "FILE", description = "Into this file")
  @Nullable String out;

  int write(Session session, List<ChecklistItem> items) {
    String text = csv ? CsvList.write(items) : YamlList.write(items);
    String file = out;
    if (file == null) {
      session.print(text.stripTrailing());
      return ExitCode.OK.code();
    }
    try {
      Files.writeString(Path.of(file), text);
    } catch (IOException unwritable) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "%s cannot be written: %s.".formatted(file, unwritable.getMessage()),
          null);
    }
    session.say("%d items are in %s.".formatted(items.size(), file));
    return ExitCode.OK.code();
  }
}

package dev.liftoff.starter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A document that a launch writes, to the screen or into a file. */
final class Document {
  @Mixin LaunchArgument launch = new LaunchArgument();

  @Option(names = "--file", description = "Write it there instead of to the screen")
  @Nullable Path file;

  int show(Session session, String query) {
    if (session.options().plain) {
      session.print(PlainTemporal.query(session, launch.name(session), query));
      return ExitCode.OK.code();
    }
    LaunchName.check(launch.text);
    try (Temporal temporal = session.connect()) {
      String text = temporal.launch(launch.text).document(query);
      if (file != null) {
        write(session, file, text);
      } else if (session.asJson()) {
        session.json(Map.of(query, text));
      } else {
        session.print(text.stripTrailing());
      }
      return ExitCode.OK.code();
    }
  }

  private static void write(Session session, Path file, String text) {
    try {
      Files.writeString(file, text);
      session.say("Written to " + file);
    } catch (IOException trouble) {
      throw new CommandFailure(
          ExitCode.USAGE, "%s cannot be written: %s".formatted(file, trouble), null);
    }
  }
}

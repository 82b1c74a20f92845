package dev.liftoff.starter;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;

/** One call of the command, as a shell sees it. */
record CommandLineRun(int exit, String out, String err) {

  static CommandLineRun of(String... args) {
    return answering("", false, args);
  }

  /** A person sits there and types this. */
  static CommandLineRun typing(String answer, String... args) {
    return answering(answer, true, args);
  }

  private static CommandLineRun answering(String answer, boolean interactive, String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal =
        new Terminal(
            new BufferedReader(new StringReader(answer)),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Map.of("USER", "ann", "NO_COLOR", "1"),
            interactive,
            InstantSource.system());
    int exit = Liftoff.run(terminal, args);
    return new CommandLineRun(
        exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}

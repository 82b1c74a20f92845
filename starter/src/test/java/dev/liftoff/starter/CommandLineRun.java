package dev.liftoff.starter;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
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

  /** Somebody with a token. */
  static CommandLineRun with(Path token, String... args) {
    return run("", false, Map.of("LIFTOFF_TOKEN_FILE", token.toString()), args);
  }

  private static CommandLineRun answering(String answer, boolean interactive, String... args) {
    return run(answer, interactive, Map.of(), args);
  }

  private static CommandLineRun run(
      String answer, boolean interactive, Map<String, String> environment, String... args) {
    Map<String, String> all = new HashMap<>(Map.of("USER", "ann", "NO_COLOR", "1"));
    all.putAll(environment);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal =
        new Terminal(
            new BufferedReader(new StringReader(answer)),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            all,
            interactive,
            InstantSource.system());
    int exit = Liftoff.run(terminal, args);
    return new CommandLineRun(
        exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}

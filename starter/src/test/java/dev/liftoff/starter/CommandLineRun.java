package dev.liftoff.starter;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

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

  /** One that goes on, read while it does. */
  static Running begin(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal = terminal("", false, Map.of("USER", "ann", "NO_COLOR", "1"), out, err);
    CompletableFuture<Integer> exit = new CompletableFuture<>();
    Thread.ofVirtual().start(() -> exit.complete(Liftoff.run(terminal, args)));
    return new Running(exit, out, err);
  }

  /** A command that has not ended. */
  record Running(
      CompletableFuture<Integer> exit, ByteArrayOutputStream out, ByteArrayOutputStream err) {
    private static final Duration LIMIT = Duration.ofMinutes(3);

    void awaitOut(String words) {
      await(words, out);
    }

    void awaitErr(String words) {
      await(words, err);
    }

    CommandLineRun end() {
      int code = exit.orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
      return new CommandLineRun(
          code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static void await(String words, ByteArrayOutputStream stream) {
      long start = System.nanoTime();
      while (!stream.toString(StandardCharsets.UTF_8).contains(words)) {
        if (System.nanoTime() - start > LIMIT.toNanos()) {
          throw new AssertionError(
              words + " was not said: " + stream.toString(StandardCharsets.UTF_8));
        }
        LockSupport.parkNanos(10_000_000);
      }
    }
  }

  private static Terminal terminal(
      String answer,
      boolean interactive,
      Map<String, String> environment,
      ByteArrayOutputStream out,
      ByteArrayOutputStream err) {
    return new Terminal(
        new BufferedReader(new StringReader(answer)),
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        environment,
        interactive,
        InstantSource.system());
  }

  private static CommandLineRun run(
      String answer, boolean interactive, Map<String, String> environment, String... args) {
    Map<String, String> all = new HashMap<>(Map.of("USER", "ann", "NO_COLOR", "1"));
    all.putAll(environment);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal = terminal(answer, interactive, all, out, err);
    int exit = Liftoff.run(terminal, args);
    return new CommandLineRun(
        exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}

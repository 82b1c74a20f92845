package dev.liftoff.starter;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.liftoff.LaunchId;
import dev.liftoff.Payloads;
import dev.liftoff.gate.Command;
import dev.liftoff.gate.Role;
import dev.liftoff.plan.PlanDocument;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One call of the command line: its options and its terminal. */
final class Session {
  private static final ObjectWriter PRETTY = Payloads.mapper().writerWithDefaultPrettyPrinter();
  private static final ObjectWriter ONE_LINE = Payloads.mapper().writer();

  private static final ObjectWriter TYPED =
      Payloads.mapper().setDefaultPropertyInclusion(JsonInclude.Include.NON_NULL).writer();

  private final Options options;
  private final Terminal terminal;

  Session(Options options, Terminal terminal) {
    this.options = options;
    this.terminal = terminal;
  }

  Options options() {
    return options;
  }

  Instant now() {
    return terminal.clock().instant();
  }

  boolean asJson() {
    return options.output == Options.Output.json;
  }

  /** A person looks at the screen, so that it may be redrawn and asked. */
  boolean interactive() {
    return terminal.interactive() && !options.noInput && !asJson();
  }

  Paint paint() {
    return switch (options.colour) {
      case always -> new Paint(true);
      case never -> new Paint(false);
      case auto -> new Paint(terminal.colours());
    };
  }

  String address() {
    return options.address != null
        ? options.address
        : terminal.environment("TEMPORAL_ADDRESS", "127.0.0.1:7233");
  }

  String namespace() {
    return options.namespace != null
        ? options.namespace
        : terminal.environment("TEMPORAL_NAMESPACE", "default");
  }

  String who() {
    String user = terminal.environment("USER", System.getProperty("user.name", "somebody"));
    String known = token().map(Token::name).orElse(user);
    return options.who != null ? options.who : terminal.environment("LIFTOFF_AS", known);
  }

  Signing signing() {
    return new Signing(token(), now());
  }

  Path tokenFile() {
    return Keyring.place(terminal)
        .orElseThrow(() ->
            new CommandFailure(
                ExitCode.USAGE,
                "There is no place for a token: HOME is not set.",
                "Set LIFTOFF_TOKEN_FILE"));
  }

  /** A line that is not shown again. */
  String secret() {
    return answer();
  }

  /** Printed commands are for everybody, and unsigned. */
  private Optional<Token> token() {
    return options.plain ? Optional.empty() : Keyring.token(terminal);
  }

  Role role() {
    if (options.role != null) {
      return options.role;
    }
    String role = terminal.environment("LIFTOFF_ROLE", Role.COMMANDER.word());
    try {
      return Role.of(role);
    } catch (IllegalArgumentException wrong) {
      throw new CommandFailure(ExitCode.USAGE, "LIFTOFF_ROLE " + wrong.getMessage(), null);
    }
  }

  String dockerSocket(@Nullable String given) {
    return given != null ? given : terminal.environment("DOCKER_HOST", "/var/run/docker.sock");
  }

  Command command(
      LaunchName launch, @Nullable String reason, @Nullable String step, @Nullable String numbers) {
    String id = launch.id() == null ? null : launch.id().toString();
    return new Command(id, who(), role().word(), reason, step, numbers);
  }

  Command discard(LaunchName launch, @Nullable String reason, String database) {
    return command(launch, reason, null, null).of(database);
  }

  Command amend(LaunchId launch, String reason, PlanDocument seen, JsonNode asked) {
    return new Command(launch.toString(), who(), role().word(), reason, null)
        .amending(seen.digest(), asked);
  }

  Temporal connect() {
    return Temporal.connect(address(), namespace(), options.limit, who());
  }

  /** Data, to stdout. */
  void print(String text) {
    terminal.out().println(text);
  }

  /** A message for the person, to stderr. */
  void say(String text) {
    terminal.err().println(text);
  }

  void clearScreen() {
    terminal.out().print("\033[H\033[J");
  }

  void json(Object value) {
    print(write(PRETTY, value));
  }

  void jsonLine(Object value) {
    print(write(ONE_LINE, value));
  }

  /** As somebody would type it: without what is not said. */
  static String typed(Object value) {
    return write(TYPED, value);
  }

  /**
   * Asks for a yes.
   *
   * @throws CommandFailure when it is a no, or when there is nobody to ask
   */
  void confirm(String question, boolean yes) {
    if (yes) {
      return;
    }
    if (!terminal.interactive() || options.noInput) {
      throw new CommandFailure(
          ExitCode.USAGE, "There is nobody to ask: " + question, "Add --yes to answer it");
    }
    terminal.err().print(question + " [y/N] ");
    terminal.err().flush();
    if (!isYes(answer())) {
      throw new CommandFailure(ExitCode.INTERRUPTED, "Nothing was sent.", null);
    }
  }

  /**
   * Why somebody does it; asked for when it was not given.
   *
   * @throws CommandFailure when there is nobody to ask
   */
  String reason(@Nullable String given) {
    if (given != null && !given.isBlank()) {
      return given;
    }
    String typed = "";
    if (terminal.interactive() && !options.noInput) {
      terminal.err().print("Why, in a sentence? ");
      terminal.err().flush();
      typed = answer().strip();
    }
    if (typed.isEmpty()) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "This needs a reason, which everybody can read later.",
          "Add --reason \"…\"");
    }
    return typed;
  }

  private static boolean isYes(String answer) {
    return switch (answer.strip().toLowerCase(Locale.ROOT)) {
      case "y", "yes" -> true;
      default -> false;
    };
  }

  private String answer() {
    try {
      String line = terminal.in().readLine();
      return line == null ? "" : line;
    } catch (IOException lost) {
      throw new UncheckedIOException(lost);
    }
  }

  private static String write(ObjectWriter writer, Object value) {
    try {
      return writer.writeValueAsString(value);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}

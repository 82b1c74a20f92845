package dev.liftoff.starter;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code liftoff login}. */
@Command(
    name = "login",
    description = {
      "Keep a token on this machine: what you tell launches from then on is signed.",
      "It is read from --token, else from the standard input, never from the command line."
    })
final class Login implements Callable<Integer> {
  private final Session session;

  @Option(names = "--token", paramLabel = "FILE", description = "Where liftoff people add put it")
  @Nullable Path file;

  Login(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws IOException {
    Token token;
    try {
      token =
          Token.parse(
              file == null ? session.secret() : Files.readString(file, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException wrong) {
      throw new CommandFailure(ExitCode.USAGE, "This " + wrong.getMessage(), null);
    }
    Path place = session.tokenFile();
    Keyring.write(place, token.text() + "\n");
    session.say("You are %s on this machine: %s signs.".formatted(token.name(), place));
    return ExitCode.OK.code();
  }
}

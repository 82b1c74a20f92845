package dev.liftoff.starter;

import dev.liftoff.gate.Texts;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code liftoff lend}. */
@Command(
    name = "lend",
    description = {
      "Let somebody act in your role in this launch for a while.",
      "It ends by itself, cannot be lent on, and dies with your key. The role is that of --role."
    })
final class Lend implements Callable<Integer> {
  private static final String BACK = "now";

  private final Session session;

  @Mixin LaunchArgument launch = new LaunchArgument();

  @Option(names = "--to", required = true, paramLabel = "WHO", description = "Who acts for you")
  String to = "";

  @Option(
      names = "--until",
      paramLabel = "TIME",
      description = "At most 24h from now: 18:00 (UTC) or 2026-11-20T18:00:00Z")
  @Nullable String until;

  @Option(names = "--back", description = "Take it back now; what was voted by it is void")
  boolean back;

  @Option(names = "--reason", description = "Why")
  @Nullable String reason;

  Lend(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    if (back == (until != null)) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "Say either --until TIME or --back.",
          "liftoff lend --to bob --until 18:00");
    }
    return new Telling(session, "lend")
        .sendLoan(launch.text, reason, Texts.clean(to), until == null ? BACK : end(until));
  }

  /** The next time that it is this late; anything else is for the launch to read. */
  private String end(String text) {
    try {
      Instant now = session.now();
      OffsetDateTime today =
          LocalTime.parse(text)
              .atDate(now.atOffset(ZoneOffset.UTC).toLocalDate())
              .atOffset(ZoneOffset.UTC);
      Instant end = today.toInstant();
      return (end.isAfter(now) ? end : today.plusDays(1).toInstant()).toString();
    } catch (DateTimeParseException noTime) {
      return text;
    }
  }
}

package dev.liftoff.starter;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code liftoff notify resend}. */
@Command(
    name = "resend",
    description = {
      "Tell a message once more that failed, expired or is ambiguous, marked (repeat).",
      "A channel that can find out whether it has it is asked first."
    })
final class NotifyResend implements Callable<Integer> {
  private final Session session;

  @Mixin LaunchArgument launch = new LaunchArgument();
  @Mixin Consent consent = new Consent();

  @Option(
      names = "--message",
      paramLabel = "NAME",
      required = true,
      description = "Its name, as liftoff status shows it, such as 7-validation-15m-validated")
  String message = "";

  @Option(
      names = "--channel",
      paramLabel = "NAME",
      description = "One channel, by its name (default: every one that did not simply take it)")
  @Nullable String channel;

  NotifyResend(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    return new Telling(session, "resend")
        .sendAbout(
            launch.text,
            consent.reason(session),
            command -> command.about(channel, message),
            told -> consent.ask(session, "Tell " + message + " of " + told.name() + " again?"));
  }
}

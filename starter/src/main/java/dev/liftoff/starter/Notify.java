package dev.liftoff.starter;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code liftoff notify}. */
@Command(name = "notify", description = "What a launch tells people: read it before, and steer it.")
final class Notify {
  private Notify() {}

  static CommandLine commands(Session session) {
    return new CommandLine(new Notify())
        .addSubcommand(new NotifyPreview(session))
        .addSubcommand(new NotifyTest(session))
        .addSubcommand(new NotifyMute(session))
        .addSubcommand(new NotifyUnmute(session))
        .addSubcommand(new NotifyResend(session));
  }
}

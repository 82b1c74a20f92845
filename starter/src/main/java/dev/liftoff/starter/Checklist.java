package dev.liftoff.starter;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code liftoff checklist}. */
@Command(name = "checklist", description = "The questions that a launch answers before it begins.")
final class Checklist {
  private Checklist() {}

  static CommandLine commands(Session session) {
    return new CommandLine(new Checklist())
        .addSubcommand(new ChecklistImport(session))
        .addSubcommand(new ChecklistDefault(session));
  }
}

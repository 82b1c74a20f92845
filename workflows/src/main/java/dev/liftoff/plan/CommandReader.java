package dev.liftoff.plan;

import dev.liftoff.database.MigrationCommand;
import java.util.List;

/** Reads the command that migrates in place of Flyway. */
final class CommandReader {
  private static final List<String> NEEDED = List.of("{host}", "{port}", "{database}");

  private CommandReader() {}

  static MigrationCommand read(Section command) {
    List<String> run = command.texts("run", CommandReader::word);
    if (run.isEmpty()) {
      command.problem(
          "run", "is missing: the program and its arguments, such as [alembic, upgrade, head]");
    }
    MigrationCommand read =
        new MigrationCommand(
            run,
            command.text("versionQuery"),
            command.required("urlVariable", CommandReader::variable, "MISSING"),
            command.required("urlForm", CommandReader::form, "missing"),
            command.map("environment", CommandReader::variable, PlanReader::variable),
            null);
    if (read.environment().containsKey(read.urlVariable())) {
      command.problem(
          "environment", "must not set %s: urlVariable does".formatted(read.urlVariable()));
    }
    command.noMore();
    return read;
  }

  static String word(String text) {
    if (Secrecy.hasPassword(text)) {
      throw new IllegalArgumentException(
          "must not hold a password: everybody on the host can read a command (the value is not shown here)");
    }
    return text;
  }

  static String variable(String text) {
    if (!text.matches("[A-Za-z_][A-Za-z0-9_]*")) {
      throw new IllegalArgumentException(
          "must be the name of an environment variable, was '" + text + "'");
    }
    return text;
  }

  private static String form(String text) {
    if (Secrecy.hasPassword(text.replace("{password}", ""))) {
      throw new IllegalArgumentException(
          "must have {password} in the place of the password (the value is not shown here)");
    }
    for (String part : NEEDED) {
      if (!text.contains(part)) {
        throw new IllegalArgumentException(
            "must have %s, as in postgresql://{user}:{password}@{host}:{port}/{database}, was '%s'"
                .formatted(part, text));
      }
    }
    return text;
  }
}

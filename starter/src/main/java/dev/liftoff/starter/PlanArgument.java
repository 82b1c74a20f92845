package dev.liftoff.starter;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The plan file that a verb reads. */
final class PlanArgument {
  @ArgGroup(multiplicity = "1")
  Either either = new Either();

  /** With or without {@code -f}. */
  static final class Either {
    @Option(
        names = {"-f", "--file"},
        paramLabel = "PLAN",
        description = "The plan file")
    @Nullable String option;

    @Parameters(paramLabel = "PLAN", description = "The plan file, YAML or JSON; - is stdin")
    @Nullable String parameter;
  }

  String name() {
    return String.valueOf(either.option != null ? either.option : either.parameter);
  }

  /** Prints every problem where there are some, and returns the exit code for it. */
  static int refuse(Session session, PlanFile.InvalidFile invalid) {
    return refuse(session, invalid, "Nothing was started.");
  }

  static int refuse(Session session, PlanFile.InvalidFile invalid, String instead) {
    if (session.asJson()) {
      session.json(
          new Report(
              false, invalid.file(), invalid.problems().stream().map(Report.Item::of).toList()));
    } else {
      invalid.lines().forEach(session::say);
    }
    session.say(invalid.getMessage() + ". " + instead);
    return ExitCode.INVALID.code();
  }

  /** The answer of {@code validate} with {@code -o json}. */
  record Report(boolean valid, String file, List<Item> problems) {
    record Item(int line, int column, String path, String message) {
      static Item of(PlanFile.Found found) {
        return new Item(
            found.place().line(), found.place().column(), found.path(), found.message());
      }
    }
  }
}

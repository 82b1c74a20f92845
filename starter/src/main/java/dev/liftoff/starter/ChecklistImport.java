package dev.liftoff.starter;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code liftoff checklist import}. */
@Command(
    name = "import",
    description = {
      "Turn a list of your own into the checklist of a plan: every problem at once, with its line.",
      "Needs no server."
    })
final class ChecklistImport implements Callable<Integer> {
  private final Session session;

  @Parameters(
      paramLabel = "FILE",
      description = "YAML, or a table as CSV with the names of the columns in its first line")
  String file = "";

  @Mixin ChecklistForm form = new ChecklistForm();

  ChecklistImport(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    try {
      return form.write(session, ListFile.read(file).items());
    } catch (PlanFile.InvalidFile invalid) {
      invalid.lines().forEach(session::say);
      session.say(invalid.getMessage() + ". Nothing was imported.");
      return ExitCode.INVALID.code();
    }
  }
}

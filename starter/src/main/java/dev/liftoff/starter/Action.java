package dev.liftoff.starter;

import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code liftoff action}. */
@Command(
    name = "action",
    description = {
      "Write down what is to be done after the launch, and who does it.",
      "liftoff status and the retrospective list what is open; --done N takes one off."
    })
final class Action implements Callable<Integer> {
  private final Session session;

  @Parameters(
      arity = "0..2",
      paramLabel = "[LAUNCH] TEXT",
      hideParamSyntax = true,
      description =
          "SERVICE/ENVIRONMENT (default: the only one that runs), and what is to be done, quoted; no TEXT with --done")
  List<String> words = List.of();

  @Option(names = "--owner", description = "Who does it")
  @Nullable String owner;

  @Option(names = "--due", paramLabel = "DATE", description = "Until when, such as 2026-12-01")
  @Nullable String due;

  @Option(names = "--done", paramLabel = "N", description = "The number of the item that is done")
  @Nullable String done;

  Action(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    boolean named = done != null ? !words.isEmpty() : words.size() > 1;
    String text = done != null || words.isEmpty() ? null : words.getLast();
    if (done != null && words.size() > 1) {
      throw new CommandFailure(
          ExitCode.USAGE, "--done takes the number of an item, and no text.", null);
    }
    return new Telling(session, "action")
        .sendItem(named ? words.getFirst() : null, text, owner, due, done);
  }
}

package dev.liftoff.starter;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code liftoff note}. */
@Command(name = "note", description = "Write a line into the timeline.")
final class Note implements Callable<Integer> {
  private final Session session;

  @Parameters(
      arity = "1..2",
      paramLabel = "[LAUNCH] TEXT",
      hideParamSyntax = true,
      description = "SERVICE/ENVIRONMENT (default: the only one that runs), and the line, quoted")
  List<String> words = List.of();

  Note(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    return new Telling(session, "note")
        .send(words.size() > 1 ? words.getFirst() : null, words.getLast(), null);
  }
}

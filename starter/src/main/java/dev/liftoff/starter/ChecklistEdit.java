package dev.liftoff.starter;

import dev.liftoff.checklist.Action;
import dev.liftoff.checklist.Edit;
import dev.liftoff.checklist.Edits;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code liftoff checklist pass} and its like: the same of one item or of many. */
@Command
final class ChecklistEdit implements Callable<Integer> {
  private final Session session;
  private final Action action;

  @Parameters(arity = "1..*", paramLabel = "ITEM", description = "Such as DB-07")
  List<String> items = new ArrayList<>();

  @Option(
      names = "--launch",
      paramLabel = "LAUNCH",
      description = "(default: the only one that runs)")
  @Nullable String launch;

  @Option(names = "--value", description = "What was found, with its unit")
  @Nullable String value;

  @Option(
      names = "--evidence",
      description = "An address, or a file's name and sha256:..., where the item asks for it")
  @Nullable String evidence;

  @Option(names = "--reason", description = "Why, in a sentence")
  @Nullable String reason;

  @Option(names = "--owner", description = "Who sees to a deviation")
  @Nullable String owner;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      description = "The end of a deviation: an instant, or a time from now on such as 7d")
  @Nullable String until;

  ChecklistEdit(Session session, Action action) {
    this.session = session;
    this.action = action;
  }

  @Override
  public Integer call() {
    List<Edits> messages = new ArrayList<>();
    for (int from = 0; from < items.size(); from += Edits.MOST) {
      List<Edit> edits =
          items.subList(from, Math.min(items.size(), from + Edits.MOST)).stream()
              .map(item -> new Edit(item, action.word(), value, evidence, reason, owner, until))
              .toList();
      messages.add(new Edits(null, session.who(), session.role().word(), edits, null));
    }
    return new ChecklistTelling(session).send(launch, "apply", messages, Signing::sign);
  }
}

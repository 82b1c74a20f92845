package dev.liftoff.starter;

import dev.liftoff.checklist.Order;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What is said of a list as a whole. */
final class ChecklistOrder {
  private ChecklistOrder() {}

  /** {@code liftoff checklist sign-off}. */
  @Command(name = "sign-off", description = "Your role's part is ready. Void when it gets worse.")
  static final class SignOff implements Callable<Integer> {
    private final Session session;

    @Option(
        names = "--launch",
        paramLabel = "LAUNCH",
        description = "(default: the only one that runs)")
    @Nullable String launch;

    @Option(names = "--reason", description = "What there is to say beside it")
    @Nullable String reason;

    SignOff(Session session) {
      this.session = session;
    }

    @Override
    public Integer call() {
      Order order = new Order(null, session.who(), session.role().word(), reason, List.of(), null);
      return new ChecklistTelling(session)
          .send(
              launch,
              "signOff",
              List.of(order),
              (signing, id, message) -> signing.sign(id, "signOff", message));
    }
  }

  /** {@code liftoff checklist examine}. */
  @Command(name = "examine", description = "Have the automatic items measured again.")
  static final class Examine implements Callable<Integer> {
    private final Session session;

    @Parameters(arity = "0..*", paramLabel = "ITEM", description = "(default: all of them)")
    List<String> items = new ArrayList<>();

    @Option(
        names = "--launch",
        paramLabel = "LAUNCH",
        description = "(default: the only one that runs)")
    @Nullable String launch;

    Examine(Session session) {
      this.session = session;
    }

    @Override
    public Integer call() {
      Order order = new Order(null, session.who(), session.role().word(), null, items, null);
      return new ChecklistTelling(session)
          .send(launch, "examine", List.of(order), (_, _, message) -> message);
    }
  }
}

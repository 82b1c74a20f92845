package dev.liftoff.starter;

import dev.liftoff.checklist.Action;
import dev.liftoff.checklist.ItemFilter;
import dev.liftoff.checklist.LogLine;
import dev.liftoff.checklist.ReadinessView;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code liftoff checklist}. */
@Command(
    name = "checklist",
    description = "How ready a launch is: score, what blocks, what is open and by whom.")
final class Checklist implements Callable<Integer> {
  private final Session session;

  @Mixin LaunchArgument launch = new LaunchArgument();

  private Checklist(Session session) {
    this.session = session;
  }

  static CommandLine commands(Session session) {
    CommandLine commands = new CommandLine(new Checklist(session)).addSubcommand(new Mine(session));
    edit(commands, session, "pass", Action.PASS, "It is so: say what was found.");
    edit(commands, session, "fail", Action.FAIL, "It is not so: say what is wrong.");
    edit(commands, session, "na", Action.NOT_APPLICABLE, "It has no meaning here: say why.");
    edit(
        commands,
        session,
        "deviate",
        Action.DEVIATE,
        "It is not so, and that is accepted until a day; a second person approves.");
    edit(
        commands,
        session,
        "approve",
        Action.APPROVE,
        "The second person's word for a deviation, or for an item that does not apply.");
    edit(commands, session, "confirm", Action.CONFIRM, "What was measured is what you see, too.");
    return commands
        .addSubcommand(new ChecklistOrder.SignOff(session))
        .addSubcommand(new ChecklistOrder.Examine(session))
        .addSubcommand(new Story(session))
        .addSubcommand(new ChecklistImport(session))
        .addSubcommand(new ChecklistDefault(session));
  }

  private static void edit(
      CommandLine commands, Session session, String name, Action action, String description) {
    CommandLine verb = new CommandLine(new ChecklistEdit(session, action));
    verb.getCommandSpec().usageMessage().description(description);
    commands.addSubcommand(name, verb);
  }

  @Override
  public Integer call() {
    return new ChecklistReading(session)
        .show(
            launch.text,
            "readiness",
            list -> {
              ReadinessView view = list.ask("readiness", ReadinessView.class);
              if (session.asJson()) {
                session.json(view);
              } else {
                ChecklistText.of(view, session.paint()).forEach(session::print);
              }
            });
  }

  /** {@code liftoff checklist mine}. */
  @Command(name = "mine", description = "The open items of your role, with how to find out.")
  static final class Mine implements Callable<Integer> {
    private final Session session;

    @Mixin LaunchArgument launch = new LaunchArgument();

    Mine(Session session) {
      this.session = session;
    }

    @Override
    public Integer call() {
      ItemFilter mine = new ItemFilter(null, session.role().word(), "open", 0);
      return new ChecklistReading(session)
          .show(
              launch.text,
              "items",
              list -> {
                List<dev.liftoff.checklist.ItemsPage.Line> lines =
                    ChecklistReading.lines(list, mine);
                if (session.asJson()) {
                  session.json(lines);
                } else {
                  ChecklistText.of(lines, session.role(), session.paint()).forEach(session::print);
                }
              });
    }
  }

  /** {@code liftoff checklist log}. */
  @Command(name = "log", description = "What happened to the list, oldest first.")
  static final class Story implements Callable<Integer> {
    private final Session session;

    @Mixin LaunchArgument launch = new LaunchArgument();

    Story(Session session) {
      this.session = session;
    }

    @Override
    public Integer call() {
      return new ChecklistReading(session)
          .show(
              launch.text,
              "log",
              list -> {
                LogLine[] lines = list.ask("log", LogLine[].class);
                if (session.asJson()) {
                  session.json(lines);
                } else {
                  for (LogLine line : lines) {
                    session.print(Times.second(line.at()) + "  " + line.who() + "  " + line.text());
                  }
                }
              });
    }
  }
}

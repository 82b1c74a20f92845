package dev.liftoff.starter;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The {@code liftoff} command: the operator's hands. */
@Command(
    name = "liftoff",
    description = "Runs a production launch as one durable Temporal workflow.",
    synopsisSubcommandLabel = "VERB",
    version = "liftoff 0.1.0")
public final class Liftoff {
  @Mixin Options options = new Options();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show this help")
  boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the version")
  boolean version;

  private Liftoff() {}

  public static void main(String[] args) {
    System.exit(run(Terminal.ofProcess(), args));
  }

  static int run(Terminal terminal, String... args) {
    Liftoff liftoff = new Liftoff();
    Session session = new Session(liftoff.options, terminal);
    return liftoff.commands(session, terminal).execute(args);
  }

  private CommandLine commands(Session session, Terminal terminal) {
    CommandLine commands =
        new CommandLine(this)
            .addSubcommand(new Validate(session))
            .addSubcommand(Plan.commands(session))
            .addSubcommand(new Start(session))
            .addSubcommand(new Status(session))
            .addSubcommand(new Watch(session))
            .addSubcommand(new Timeline(session))
            .addSubcommand(new Report(session))
            .addSubcommand(new Retrospective(session))
            .addSubcommand(new ListLaunches(session))
            .addSubcommand(new PollVerb(session))
            .addSubcommand(new Go(session))
            .addSubcommand(new NoGo(session))
            .addSubcommand(new Hold(session))
            .addSubcommand(new Resume(session))
            .addSubcommand(new Promote(session))
            .addSubcommand(new Extend(session))
            .addSubcommand(new Scrub(session))
            .addSubcommand(new RollBack(session))
            .addSubcommand(new Rescue(session))
            .addSubcommand(new Discard(session))
            .addSubcommand(new Amend(session))
            .addSubcommand(new Note(session))
            .addSubcommand(new Lend(session))
            .addSubcommand(new Present(session))
            .addSubcommand(new Acknowledge(session))
            .addSubcommand(new Action(session))
            .addSubcommand(Checklist.commands(session))
            .addSubcommand(Notify.commands(session))
            .addSubcommand(new Retry(session))
            .addSubcommand(new Skip(session))
            .addSubcommand(People.commands(session))
            .addSubcommand(new Login(session))
            .addSubcommand(new Doctor(session));
    commands
        .getCommandSpec()
        .usageMessage()
        .exitCodeListHeading("%nExit codes:%n")
        .exitCodeList(exitCodes());
    return commands
        .setOut(writer(terminal.out()))
        .setErr(writer(terminal.err()))
        .setColorScheme(
            CommandLine.Help.defaultColorScheme(terminal.colours() ? Ansi.ON : Ansi.OFF))
        .setUsageHelpAutoWidth(false)
        .setUsageHelpWidth(100)
        .setExecutionStrategy(new CommandLine.RunLast())
        .setParameterExceptionHandler((wrong, _) -> mistyped(session, wrong))
        .setExecutionExceptionHandler((trouble, _, _) -> failed(session, trouble));
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }

  private static Map<String, String> exitCodes() {
    return Arrays.stream(ExitCode.values())
        .collect(
            Collectors.toMap(
                exit -> Integer.toString(exit.code()),
                ExitCode::meaning,
                (a, _) -> a,
                LinkedHashMap::new));
  }

  /** A mistake in a verb is the last thing on the screen, and not above a page of options. */
  private static int mistyped(Session session, CommandLine.ParameterException wrong) {
    session.say(session.paint().bad("✖") + " " + wrong.getMessage());
    CommandLine command = wrong.getCommandLine();
    if (!command.getSubcommands().isEmpty()) {
      if (!CommandLine.UnmatchedArgumentException.printSuggestions(wrong, command.getErr())) {
        command.usage(command.getErr());
      }
      return ExitCode.USAGE.code();
    }
    session.say("  See " + command.getCommandSpec().qualifiedName() + " --help");
    return ExitCode.USAGE.code();
  }

  private static int failed(Session session, Exception trouble) {
    CommandFailure failure =
        trouble instanceof CommandFailure known
            ? known
            : new CommandFailure(ExitCode.UNEXPECTED, "Unexpected: " + trouble, null);
    if (session.asJson()) {
      session.json(
          new Failed(
              new Failed.Trouble(failure.exit().name(), failure.sentence(), failure.hint())));
    }
    session.say(session.paint().bad("✖") + " " + failure.sentence());
    if (failure.hint() != null) {
      session.say("  " + failure.hint());
    }
    return failure.exit().code();
  }

  /** A failed command with {@code -o json}. */
  record Failed(Trouble error) {
    record Trouble(String code, String message, @Nullable String hint) {}
  }
}

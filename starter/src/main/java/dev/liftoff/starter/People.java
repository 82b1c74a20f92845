package dev.liftoff.starter;

import dev.liftoff.gate.Role;
import dev.liftoff.people.PeopleText;
import dev.liftoff.people.Person;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code liftoff people}. */
@Command(
    name = "people",
    description = "Who can be verified: the worker's file of people. Needs no server.")
final class People {
  /** The worker believes no file that others can write. */
  private static final String MODE = "rw-r--r--";

  private People() {}

  static picocli.CommandLine commands(Session session) {
    return new picocli.CommandLine(new People())
        .addSubcommand(new Add(session))
        .addSubcommand(new Shown(session))
        .addSubcommand(new Revoke(session));
  }

  /** Where the file is. */
  static final class PeopleFile {
    @Option(
        names = "--file",
        required = true,
        description = "The file, as liftoff.people.token-file.file of the worker names it")
    Path file = Path.of("people");

    List<Person> read() {
      try {
        return Files.exists(file)
            ? PeopleText.parse(Files.readString(file, StandardCharsets.UTF_8))
            : List.of();
      } catch (IOException | IllegalArgumentException wrong) {
        throw new CommandFailure(
            ExitCode.USAGE, "%s cannot be read: %s".formatted(file, wrong.getMessage()), null);
      }
    }

    void write(List<Person> people) {
      List<String> lines = new ArrayList<>(List.of("# name roles expiry public-key"));
      people.forEach(person -> lines.add(person.line()));
      Keyring.write(file, String.join("\n", lines) + "\n", MODE);
    }
  }

  /** {@code liftoff people add}. */
  @Command(
      name = "add",
      description = {
        "Make a token for somebody. The file gets the half that checks signatures,",
        "the person the half that makes them: it is shown once and kept nowhere."
      })
  static final class Add implements Callable<Integer> {
    private final Session session;

    @Mixin PeopleFile people = new PeopleFile();

    @Parameters(paramLabel = "NAME", description = "As it stands in timelines")
    String name = "";

    @Option(
        names = "--roles",
        required = true,
        split = ",",
        paramLabel = "ROLE,ROLE",
        converter = Options.RoleConverter.class,
        description = "What this person may be in a launch")
    List<Role> roles = List.of();

    @Option(
        names = "--for",
        paramLabel = "TIME",
        converter = Options.DurationConverter.class,
        description = "How long the token counts (default: 90d)")
    Duration life = Duration.ofDays(90);

    @Option(
        names = "--token",
        paramLabel = "FILE",
        description = "Where the token goes, for nobody else to read (default: it is printed)")
    @Nullable Path token;

    Add(Session session) {
      this.session = session;
    }

    @Override
    public Integer call() {
      try {
        Token.Issued issued =
            Token.issue(name, roles, session.now().plus(life).truncatedTo(ChronoUnit.SECONDS));
        List<Person> all = new ArrayList<>(people.read());
        all.add(issued.person());
        people.write(all);
        tell(issued);
        return ExitCode.OK.code();
      } catch (IllegalArgumentException wrong) {
        throw new CommandFailure(ExitCode.USAGE, String.valueOf(wrong.getMessage()), null);
      }
    }

    private void tell(Token.Issued issued) {
      Person person = issued.person();
      session.say(
          "%s may be %s until %s, key %s, in %s."
              .formatted(name, person.listed(), person.expires(), person.id(), people.file));
      if (token == null) {
        session.print(issued.token().text());
        session.say("This is the token. It is not shown again: liftoff login takes it.");
      } else {
        Keyring.write(token, issued.token().text() + "\n");
        session.say("The token is in " + token + ": liftoff login --token FILE takes it.");
      }
    }
  }

  /** {@code liftoff people list}. */
  @Command(name = "list", description = "Who can be verified, as what, and until when.")
  static final class Shown implements Callable<Integer> {
    private final Session session;

    @Mixin PeopleFile people = new PeopleFile();

    Shown(Session session) {
      this.session = session;
    }

    @Override
    public Integer call() {
      List<Person> all = people.read();
      if (session.asJson()) {
        session.json(all);
      } else {
        all.forEach(person -> session.print(line(person)));
        if (all.isEmpty()) {
          session.say("Nobody is in %s: nobody can be verified.".formatted(people.file));
        }
      }
      return ExitCode.OK.code();
    }

    private String line(Person person) {
      return "%-16s %s  %s, %s%s"
          .formatted(
              person.name(),
              person.id(),
              person.listed(),
              person.expires(),
              person.expires().isAfter(session.now()) ? "" : " (over)");
    }
  }

  /** {@code liftoff people revoke}. */
  @Command(
      name = "revoke",
      description = "Take somebody out; the next message already is unverified.")
  static final class Revoke implements Callable<Integer> {
    private final Session session;

    @Mixin PeopleFile people = new PeopleFile();

    @Parameters(paramLabel = "NAME", description = "All keys of this person, or the id of one")
    String name = "";

    Revoke(Session session) {
      this.session = session;
    }

    @Override
    public Integer call() {
      List<Person> all = people.read();
      List<Person> left =
          all.stream()
              .filter(person -> !person.name().equals(name) && !person.id().equals(name))
              .toList();
      if (left.size() == all.size()) {
        throw new CommandFailure(
            ExitCode.USAGE, "%s is not in %s.".formatted(name, people.file), null);
      }
      people.write(left);
      int gone = all.size() - left.size();
      session.say("%s is revoked: %d %s.".formatted(name, gone, gone == 1 ? "key" : "keys"));
      return ExitCode.OK.code();
    }
  }
}

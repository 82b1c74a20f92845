package dev.liftoff.activities.database.migration;

import dev.liftoff.FailureType;
import dev.liftoff.SecretReference;
import dev.liftoff.activities.Secrets;
import dev.liftoff.activities.container.OneOff;
import dev.liftoff.activities.database.PostgresServer;
import dev.liftoff.activities.database.proxy.Destination;
import dev.liftoff.activities.database.proxy.Listening;
import dev.liftoff.activities.database.proxy.PostgresProxy;
import dev.liftoff.activities.database.proxy.SessionEvents;
import dev.liftoff.activities.database.proxy.SqlTally;
import dev.liftoff.activities.database.proxy.Upstream;
import dev.liftoff.compatibility.SqlSeen;
import dev.liftoff.database.MigrationCommand;
import java.io.IOException;
import java.net.InetAddress;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A migration command in its container, before which stands a proxy: whatever the tool asks for, it
 * reaches one database, with this launch's name and limits. The proxy lives in this process, so the
 * tool of a worker that dies is cut off, and the server rolls back what it had not committed.
 */
public record CommandContainer(PostgresServer server, OneOff oneOff, Secrets secrets) {

  /** What a run is for; two of them never share a container. */
  public enum Use {
    REHEARSAL,
    MIGRATION
  }

  /**
   * How a run ended.
   *
   * @param seen what went between the tool and the database
   */
  public record Ran(OneOff.Ended ended, SqlSeen seen) {
    public boolean succeeded() {
      return ended.exitCode() == 0 && ended.inTime();
    }

    /** It reached the database. Otherwise it proves nothing, whatever its code. */
    public boolean connected() {
      return seen.connections() > 0;
    }

    /** The server's errors, whose words hold no values; otherwise its own last ones. */
    public String words() {
      return seen.errors().isEmpty()
          ? lastWords()
          : seen.errors().stream()
              .map(error -> "%s (SQLSTATE %s)".formatted(error.example(), error.state()))
              .collect(Collectors.joining(", "));
    }

    private String lastWords() {
      return ended.lastLines().stream()
          .filter(line -> !line.isBlank())
          .reduce((first, second) -> second)
          .orElse("it said nothing");
    }
  }

  /** As the plan has it, with the image that was pinned. */
  public MigrationCommand command() {
    MigrationCommand command = server.spec().migration().command();
    if (command == null) {
      throw new IllegalStateException("the plan has no migration command");
    }
    return command;
  }

  /** What an attempt that is gone has left in the engine does not run any more. */
  public void discard(Use use) {
    oneOff.discard(server.launch(), name(use));
  }

  /** Starts it anew, and waits for its end. */
  public Ran run(Use use, String database, Duration lockLimit, SessionEvents events)
      throws SQLException, IOException, InterruptedException {
    return run(use, database, lockLimit, events, proxy -> {});
  }

  /**
   * @param cutting is told how to cut the tool off
   */
  Ran run(
      Use use,
      String database,
      Duration lockLimit,
      SessionEvents events,
      Consumer<Runnable> cutting)
      throws SQLException, IOException, InterruptedException {
    discard(use);
    SqlTally tally = new SqlTally(events);
    Listening listening = listening();
    Admission admission = new Admission(listening, oneOff);
    Destination destination = new Destination(database, server.commandSettings(lockLimit));
    try (PostgresProxy proxy =
        new PostgresProxy(
            Upstream.of(server, database, server.connectLimit()),
            destination,
            tally,
            listening.address(),
            admission)) {
      cutting.accept(proxy::close);
      OneOff.Order order = order(use, database, proxy);
      admission.expect(order);
      return new Ran(oneOff.run(order), tally.seen());
    }
  }

  private OneOff.Order order(Use use, String database, PostgresProxy proxy) {
    MigrationCommand command = command();
    Map<String, String> environment = new TreeMap<>();
    Set<String> secret = new TreeSet<>(Set.of(command.urlVariable()));
    command
        .environment()
        .forEach((name, value) -> {
          environment.put(name, resolved(value));
          if (SecretReference.isReference(value)) {
            secret.add(name);
          }
        });
    environment.put(
        command.urlVariable(),
        server.filled(command.urlForm(), proxy.host(), proxy.port(), database));
    return new OneOff.Order(
        name(use),
        server.launch(),
        place().image(),
        place().network(),
        command.run(),
        environment,
        secret,
        server.spec().migrationLimit());
  }

  private String resolved(String value) {
    return SecretReference.isReference(value) ? secrets.resolve(new SecretReference(value)) : value;
  }

  private Listening listening() {
    String network = place().network();
    Optional<InetAddress> address = oneOff.hostIn(network);
    return address
        .map(Listening::found)
        .orElseThrow(() ->
            FailureType.MIGRATION_FAILED.permanent(
                "this worker has no address in the network %s at which %s could reach it; run the worker on the engine's host"
                    .formatted(network, command().text())));
  }

  private MigrationCommand.Place place() {
    MigrationCommand.Place place = command().place();
    if (place == null) {
      throw FailureType.MIGRATION_FAILED.permanent(
          "%s has no image yet: it runs after the candidate's image is pinned"
              .formatted(command().text()));
    }
    return place;
  }

  private String name(Use use) {
    return "%s-%s-%s"
        .formatted(
            server.launch().service(),
            server.launch().environment(),
            use.name().toLowerCase(java.util.Locale.ROOT));
  }
}

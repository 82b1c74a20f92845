package dev.liftoff.activities.database.retention;

import dev.liftoff.LaunchId;
import dev.liftoff.activities.database.LaunchFolder;
import dev.liftoff.activities.database.PostgresServer;
import dev.liftoff.activities.database.Progress;
import dev.liftoff.activities.database.Purpose;
import dev.liftoff.activities.database.backup.Retention;
import dev.liftoff.activities.database.proof.Scratch;
import dev.liftoff.activities.database.rescue.KeptDatabases;
import dev.liftoff.activities.database.rescue.Twin;
import dev.liftoff.database.GivenUp;
import dev.liftoff.database.Tidied;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Removes what launches made beside a database once it has no use any more. A place has one launch
 * at a time, so every other one of the same service and environment is over.
 */
public record Sweep(PostgresServer server, LeftScratch left, Progress progress) {

  public Tidied carryOut(Instant now) throws SQLException, IOException, InterruptedException {
    List<String> removed = new ArrayList<>();
    try (Connection connection = server.open(Purpose.READ)) {
      for (Labelled labelled : Labelled.all(connection)) {
        if (isOver(labelled.launch())) {
          removed.add(remove(connection, labelled));
        }
      }
      removeNoted();
      KeptDatabases kept = new KeptDatabases(server);
      removed.addAll(kept.removeExpired(connection, now));
      removed.addAll(restorePoints(now));
      return new Tidied(removed, kept.sentences(connection));
    }
  }

  public Tidied settle(Instant now) throws SQLException, IOException, InterruptedException {
    List<String> removed = new ArrayList<>();
    new Retention(left.artifacts())
        .settleWithEarlier(server.launch(), now, server.spec().backup().keep());
    try (Connection connection = server.open(Purpose.READ)) {
      for (Labelled labelled : Labelled.all(connection)) {
        if (labelled.launch().equals(server.launch())) {
          removed.add(remove(connection, labelled));
        }
      }
    }
    Tidied rest = carryOut(now);
    removed.addAll(rest.removed());
    return new Tidied(removed, rest.kept());
  }

  public GivenUp discard(String name, Instant now) throws SQLException {
    try (Connection connection = server.open(Purpose.READ)) {
      return new KeptDatabases(server).giveUp(connection, name, now, server.spec().backup().keep());
    }
  }

  private boolean isOver(LaunchId launch) {
    LaunchId own = server.launch();
    return launch.service().equals(own.service())
        && launch.environment().equals(own.environment())
        && !launch.equals(own);
  }

  private String remove(Connection connection, Labelled labelled) throws SQLException, IOException {
    PostgresServer of = server.as(labelled.launch());
    return switch (labelled.kind()) {
      case SCRATCH -> {
        Scratch scratch = new Scratch(of);
        scratch.close();
        yield "scratch database %s of the launch %s".formatted(scratch.name(), labelled.launch());
      }
      case TWIN -> {
        LaunchFolder folder = LaunchFolder.of(left.artifacts(), labelled.launch());
        yield "twin %s of the launch %s, which was never live"
            .formatted(new Twin(of, folder, progress).discard(connection), labelled.launch());
      }
    };
  }

  /** One that died between making its scratch database and labelling it has a note of it. */
  private void removeNoted() throws SQLException, IOException, InterruptedException {
    for (LaunchId launch : left.launches()) {
      if (isOver(launch)) {
        new Scratch(server.as(launch)).close();
        left.forgetFiles(launch);
      }
    }
  }

  private List<String> restorePoints(Instant now) throws IOException {
    return new Retention(left.artifacts())
        .removeExpired(now).stream()
            .map(each ->
                "restore point %s of the launch %s, kept until %s; its manifest and report stay"
                    .formatted(each.folder(), each.launch(), each.keptUntil()))
            .toList();
  }
}

package dev.liftoff.activities.database.rescue;

import dev.liftoff.FailureType;
import dev.liftoff.activities.database.Canonical;
import dev.liftoff.activities.database.Catalog;
import dev.liftoff.activities.database.LaunchFolder;
import dev.liftoff.activities.database.PostgresServer;
import dev.liftoff.activities.database.Progress;
import dev.liftoff.activities.database.Purpose;
import dev.liftoff.database.RescuePlan;
import dev.liftoff.database.Rescued;
import dev.liftoff.database.RowsTouched;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Puts the database from before the migration in the place of the live one, with every row that the
 * service wrote since, and proves that before anything moves: the live database keeps its name
 * until its twin equals it, and then keeps its rows under another name.
 *
 * <p>May be repeated after a crash at any point: before the exchange of names it begins again,
 * after it it goes on.
 */
public final class Rescue {
  /** Told of each phase as it is reached. */
  interface Witness {
    void reached(RescuePhase phase) throws SQLException;
  }

  private final PostgresServer server;
  private final LaunchFolder folder;
  private final Progress progress;
  private final Witness witness;
  private final Freeze freeze;

  public Rescue(PostgresServer server, LaunchFolder folder, Progress progress) {
    this(server, folder, progress, _ -> {});
  }

  Rescue(PostgresServer server, LaunchFolder folder, Progress progress, Witness witness) {
    this.server = server;
    this.folder = folder;
    this.progress = progress;
    this.witness = witness;
    this.freeze = new Freeze(server, folder, progress);
  }

  /**
   * Refused as a value, with the service in its database: when the numbers that a human typed are
   * not those of the plan, when there is an obstacle, and when the twin cannot be proven equal.
   */
  public Rescued carryOut(RescuePlan plan, String typed)
      throws SQLException, IOException, InterruptedException {
    if (!typed.strip().equals(plan.code())) {
      return Rescued.refused(
          List.of(
              "the numbers typed, %s, are not those of the plan, %s; nothing was touched"
                  .formatted(typed.strip(), plan.code())));
    }
    AnchorNote anchor = AnchorNote.read(folder);
    BarrierNote barrier = BarrierNote.read(folder);
    if (!plan.possible()) {
      return Rescued.refused(plan.obstacles());
    }
    if (anchor == null || barrier == null) {
      return Rescued.refused(List.of("the twin is being made anew; plan the rescue again"));
    }
    Swap swap = new Swap(server, anchor);
    try (Connection outside = Outside.open(server)) {
      if (!swap.done(outside)) {
        if (!Twin.stands(outside, anchor)) {
          return Rescued.refused(List.of(gone(anchor)));
        }
        server.endSessions(Purpose.RESCUE);
        List<String> findings = untilSwapped(plan, swap, anchor, barrier);
        if (!findings.isEmpty()) {
          return Rescued.refused(findings);
        }
      }
      return opened(outside, swap, anchor);
    }
  }

  static String gone(AnchorNote anchor) {
    return "the twin %s is gone from this server; repair the data by hand beside the restored restore point"
        .formatted(anchor.twin());
  }

  private List<String> untilSwapped(
      RescuePlan plan, Swap swap, AnchorNote anchor, BarrierNote barrier)
      throws SQLException, IOException, InterruptedException {
    Instant since = freeze.begin().since();
    RescueNote note = begun(since, plan);
    boolean swapped = false;
    try {
      reached(note);
      List<String> findings = replayed(note, anchor, barrier);
      if (findings.isEmpty()) {
        try (Connection outside = Outside.open(server)) {
          swap.carryOut(outside, frozen());
        }
        swapped = true;
        reached(read().with(RescuePhase.SWAPPED));
      } else {
        read().refused(findings).write(folder);
      }
      return findings;
    } finally {
      if (!swapped) {
        freeze.end();
      }
    }
  }

  /** What an attempt that died had found is kept: the next one may have nothing left to replay. */
  private RescueNote begun(Instant since, RescuePlan plan) throws IOException {
    RescueNote known = RescueNote.read(folder);
    return known != null && known.code().equals(plan.code())
        ? new RescueNote(
            RescuePhase.FROZEN, since, plan.code(), known.rows(), known.files(), List.of())
        : new RescueNote(RescuePhase.FROZEN, since, plan.code(), Map.of(), List.of(), List.of());
  }

  private List<String> replayed(RescueNote begun, AnchorNote anchor, BarrierNote barrier)
      throws SQLException, IOException {
    try (Pair pair = Pair.open(server, anchor)) {
      Epoch epoch = Epoch.of(anchor, barrier);
      RescueProof proof = new RescueProof(pair, epoch, anchor, progress);
      Map<String, Counted> counted = counted(pair, epoch);
      if (isReplayed(pair)) {
        return proof.differences(counted);
      }
      List<String> obstacles = new Obstacles(server, folder, pair, anchor, barrier).found(counted);
      if (!obstacles.isEmpty()) {
        return obstacles;
      }
      RescueNote saved =
          new RescueNote(
              RescuePhase.SAVED,
              begun.since(),
              begun.code(),
              rows(counted),
              Delta.save(pair, epoch, folder, progress),
              List.of());
      reached(saved);
      Set<String> whole = Reloads.of(pair, anchor, barrier, counted);
      return replayed(
          pair, new Replay(pair, epoch, whole, folder, progress), proof, counted, saved);
    }
  }

  private List<String> replayed(
      Pair pair, Replay replay, RescueProof proof, Map<String, Counted> counted, RescueNote saved)
      throws SQLException, IOException {
    try {
      replay.carryOut(counted, saved.files());
    } catch (SQLException refused) {
      return List.of(Unfit.sentence(refused));
    }
    Sequences.take(pair);
    List<String> differences = proof.differences(counted);
    if (differences.isEmpty()) {
      markReplayed(pair);
      pair.twin().commit();
      reached(saved.with(RescuePhase.REPLAYED));
    }
    return differences;
  }

  private Rescued opened(Connection outside, Swap swap, AnchorNote anchor)
      throws SQLException, IOException {
    if (!schemaIs(anchor.fingerprint())) {
      swap.takeBack(outside);
      freeze.end();
      List<String> findings =
          List.of(
              "the twin did not have the schema from before the migration when it had the live name; the names were exchanged again");
      read().refused(findings).write(folder);
      return Rescued.refused(findings);
    }
    freeze.end();
    RescueNote note = read().with(RescuePhase.OPENED);
    reached(note);
    return new Rescued(
        true, swap.post(), note.rows(), Duration.between(note.since(), Instant.now()), List.of());
  }

  private boolean schemaIs(String fingerprint) throws SQLException {
    try (Connection live = Canonical.of(server.open(Purpose.RESCUE))) {
      return Catalog.read(live).fingerprint().equals(fingerprint);
    }
  }

  private Map<String, Counted> counted(Pair pair, Epoch epoch) throws SQLException, IOException {
    Map<String, Counted> counted = new TreeMap<>();
    for (Shape shape : pair.shapes()) {
      progress.report("counting what was written to " + shape.table());
      counted.put(shape.table(), Counted.of(pair, shape, epoch));
    }
    return counted;
  }

  private static Map<String, RowsTouched> rows(Map<String, Counted> counted) {
    Map<String, RowsTouched> rows = new TreeMap<>();
    counted.forEach((table, count) -> rows.put(table, count.rows()));
    rows.values().removeIf(new RowsTouched(0, 0, 0)::equals);
    return rows;
  }

  /** In this freeze: had the service been let in since, the twin would lack what it wrote. */
  private boolean isReplayed(Pair pair) throws SQLException, IOException {
    String comment =
        Sql.value(
            pair.twin(),
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()");
    return mark(pair.twin()).equals(comment);
  }

  private void markReplayed(Pair pair) throws SQLException, IOException {
    String twin = String.valueOf(Sql.value(pair.twin(), "SELECT current_database()"));
    Sql.execute(
        pair.twin(),
        "COMMENT ON DATABASE %s IS %s"
            .formatted(Names.quoted(twin), Names.literal(mark(pair.twin()))));
  }

  private String mark(Connection connection) throws SQLException, IOException {
    return Twin.marker(server, connection) + ", replayed in the freeze " + frozen().id();
  }

  private FreezeNote frozen() throws IOException {
    FreezeNote note = FreezeNote.read(folder);
    if (note == null) {
      throw FailureType.MIGRATION_FAILED.permanent(
          "the freeze of %s was ended while it was being rescued; plan the rescue anew"
              .formatted(server.database()));
    }
    return note;
  }

  private RescueNote read() throws IOException {
    RescueNote note = RescueNote.read(folder);
    if (note == null) {
      throw new IOException("rescue.json is gone from " + folder.path());
    }
    return note;
  }

  private void reached(RescueNote note) throws SQLException, IOException {
    note.write(folder);
    witness.reached(note.phase());
  }
}

package dev.liftoff.activities.database.rescue;

import dev.liftoff.activities.database.LaunchFolder;
import dev.liftoff.activities.database.PostgresServer;
import dev.liftoff.activities.database.Progress;
import dev.liftoff.activities.database.Purpose;
import dev.liftoff.database.Barrier;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/**
 * Lets the service write on the new schema. From here on a database is never put back without a
 * human: what is written after the barrier would be lost.
 */
public record Opening(PostgresServer server, LaunchFolder folder, Progress progress) {

  /**
   * The barrier is noted, and the service may come in. Repeating answers the first barrier.
   *
   * <p>Where writes were never frozen, the barrier only says from when on rows are counted.
   */
  public Barrier open() throws SQLException, IOException {
    BarrierNote barrier = BarrierNote.read(folder);
    if (barrier == null) {
      progress.report("noting the barrier");
      try (Connection connection = server.open(Purpose.RESCUE)) {
        barrier = BarrierNote.now(connection);
      }
      barrier = barrier.with(removed(barrier));
      barrier.write(folder);
    }
    new Freeze(server, folder, progress).end();
    return barrier.barrier();
  }

  /**
   * Nobody wrote since the twin was made, so what it has and the live database lacks is counted.
   */
  private Map<String, Long> removed(BarrierNote barrier) throws SQLException, IOException {
    AnchorNote anchor = AnchorNote.read(folder);
    FreezeNote freeze = FreezeNote.read(folder);
    Map<String, Long> removed = new TreeMap<>();
    if (anchor == null || freeze == null || !freeze.id().equals(anchor.freeze())) {
      return removed;
    }
    Epoch epoch = Epoch.of(anchor, barrier);
    try (Pair pair = Pair.open(server, anchor)) {
      for (Shape shape : pair.shapes()) {
        progress.report("counting the rows of " + shape.table());
        long gone = Counted.of(pair, shape, epoch).rows().deleted();
        if (gone > 0) {
          removed.put(shape.table(), gone);
        }
      }
    }
    return removed;
  }
}

package dev.liftoff.activities.database.rescue;

import dev.liftoff.activities.database.LaunchFolder;
import dev.liftoff.activities.database.PostgresServer;
import dev.liftoff.activities.database.Progress;
import dev.liftoff.activities.database.Purpose;
import dev.liftoff.database.Barrier;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;

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
        barrier.write(folder);
      }
    }
    new Freeze(server, folder, progress).end();
    return barrier.barrier();
  }
}

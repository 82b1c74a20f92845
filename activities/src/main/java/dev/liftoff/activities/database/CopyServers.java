package dev.liftoff.activities.database;

import java.io.IOException;
import java.sql.SQLException;

/** Knows which server holds a launch's restored copy. */
@FunctionalInterface
public interface CopyServers {
  /** Where copies are databases of the live server. */
  CopyServers OF_LIVE = live -> live;

  /** The live server, which also finds the copy, wherever it is; the copy's server runs. */
  PostgresServer reaching(PostgresServer live)
      throws SQLException, IOException, InterruptedException;
}

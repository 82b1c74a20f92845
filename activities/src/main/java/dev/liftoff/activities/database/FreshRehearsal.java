package dev.liftoff.activities.database;

import dev.liftoff.activities.database.proof.CopyRights;
import dev.liftoff.activities.database.proof.PhysicalCopies;
import dev.liftoff.activities.database.proof.Proofs;
import dev.liftoff.activities.database.proof.Scratch;
import dev.liftoff.activities.database.rehearsal.RehearsalRun;
import dev.liftoff.activities.database.rehearsal.StaleCopy;
import dev.liftoff.database.Rehearsal;
import dev.liftoff.database.RestorePoint;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rehearses on the restored copy. An attempt that died half-way has spoilt it: it is restored once
 * more.
 *
 * @param tools what migrates, for a server that reaches the copy
 */
record FreshRehearsal(
    PostgresServer server,
    LaunchFolder folder,
    PhysicalCopies copies,
    Proofs proofs,
    Tools tools,
    Progress progress) {
  private static final Logger log = LoggerFactory.getLogger(FreshRehearsal.class);

  /** Which tool migrates. */
  interface Tools {
    MigrationTool on(PostgresServer server) throws IOException;
  }

  Rehearsal of(RestorePoint restorePoint) throws Exception {
    try {
      return rehearsed();
    } catch (StaleCopy stale) {
      log.info(
          "the copy is restored again launch={} because={}", server.launch(), stale.getMessage());
      proofs.discard();
      var _ = proofs.proveAndKeep(restorePoint);
      return rehearsed();
    }
  }

  private Rehearsal rehearsed() throws Exception {
    PostgresServer reaching = copies.reaching(server);
    RehearsalRun run = new RehearsalRun(reaching, Scratch.name(server.launch()), folder, progress);
    // What a migration grants and revokes counts only where there are rights.
    CopyRights.give(reaching, run.copy());
    return tools.on(reaching).rehearse(run);
  }
}

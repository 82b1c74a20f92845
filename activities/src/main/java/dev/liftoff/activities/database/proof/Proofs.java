package dev.liftoff.activities.database.proof;

import dev.liftoff.activities.database.PostgresServer;
import dev.liftoff.activities.database.Progress;
import dev.liftoff.activities.database.backup.TableSums;
import dev.liftoff.database.BackupMethod;
import dev.liftoff.database.Proof;
import dev.liftoff.database.RestorePoint;
import java.io.IOException;
import java.sql.SQLException;

/** The proof of a restore point and the copy that it leaves, whatever took it. */
public record Proofs(
    PostgresServer server,
    PhysicalCopies copies,
    int jobs,
    Progress progress,
    TableSums.ContentReader reader) {

  /** Nothing of it stays but its report. */
  public Proof prove(RestorePoint point) throws SQLException, IOException, InterruptedException {
    return point.method() == BackupMethod.LOGICAL
        ? logical().prove(point)
        : physical().prove(point);
  }

  /** Where it succeeds the copy stays. Repeating finds it. */
  public Proof proveAndKeep(RestorePoint point)
      throws SQLException, IOException, InterruptedException {
    return point.method() == BackupMethod.LOGICAL
        ? logical().proveAndKeep(point)
        : physical().proveAndKeep(point);
  }

  /** No copy of the launch is left, neither a database nor a server. */
  public void discard() throws SQLException, IOException, InterruptedException {
    copies.servers().discard(server.launch());
    new Scratch(server).close();
  }

  private RestoreProof logical() {
    return new RestoreProof(server, copies.binaries(), jobs, progress, reader);
  }

  private PhysicalProof physical() {
    return new PhysicalProof(server, copies, jobs, progress, reader);
  }
}

package dev.liftoff.activities.database.rescue;

import dev.liftoff.activities.database.Canonical;
import dev.liftoff.activities.database.Catalog;
import dev.liftoff.activities.database.LaunchFolder;
import dev.liftoff.activities.database.PostgresServer;
import dev.liftoff.activities.database.Progress;
import dev.liftoff.activities.database.Purpose;
import dev.liftoff.database.Rescued;
import dev.liftoff.database.TableState;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes a migration back while the service is still kept out: the twin gets the live name, and what
 * the migration made of the live database is kept beside it. Nothing is lost, since nobody wrote:
 * the freeze under which the twin was made has not ended.
 */
public record PutBack(PostgresServer server, LaunchFolder folder, Progress progress) {

  /**
   * The live database is what it was before the migration, and the service is in it. Repeating
   * answers the same. Refused as a value, with the service still kept out, when the freeze ended
   * since, or when the twin is not what it was.
   */
  public Rescued carryOut() throws SQLException, IOException, InterruptedException {
    AnchorNote anchor = AnchorNote.read(folder);
    if (anchor == null) {
      return Rescued.refused(List.of("no twin was made before the migration"));
    }
    Swap swap = new Swap(server, anchor);
    Freeze freeze = new Freeze(server, folder, progress);
    try (Connection outside = Outside.open(server)) {
      if (swap.done(outside)) {
        freeze.end();
        return new Rescued(true, swap.post(), Map.of(), Duration.ZERO, List.of());
      }
      FreezeNote note = FreezeNote.read(folder);
      List<String> reasons = reasonsAgainst(outside, anchor, note);
      if (note == null || !reasons.isEmpty()) {
        return Rescued.refused(reasons);
      }
      // Nobody came in since; a session of the migration itself may still be there.
      var _ = freeze.begin();
      swap.carryOut(outside, note);
      freeze.end();
      Duration kept = Duration.between(note.since(), Instant.now());
      return new Rescued(true, swap.post(), Map.of(), kept, List.of());
    }
  }

  private List<String> reasonsAgainst(
      Connection outside, AnchorNote anchor, @Nullable FreezeNote freeze)
      throws SQLException, IOException {
    if (freeze == null
        || !freeze.id().equals(anchor.freeze())
        || Files.exists(folder.path().resolve("barrier.json"))) {
      return List.of(
          "the service was let in since the twin was made and may have written; only a rescue takes that along");
    }
    if (!Twin.stands(outside, anchor)) {
      return List.of("the twin %s is gone from this server".formatted(anchor.twin()));
    }
    return differences(anchor);
  }

  private List<String> differences(AnchorNote anchor) throws SQLException {
    try (Connection twin = Canonical.of(server.open(anchor.twin(), Purpose.RESCUE))) {
      twin.setReadOnly(true);
      twin.setAutoCommit(false);
      Map<String, TableState> now = Contents.read(twin, anchor.columns(), progress);
      List<String> differences =
          new ArrayList<>(Contents.differences("the anchor", anchor.tables(), "the twin", now));
      if (!Catalog.read(twin).fingerprint().equals(anchor.fingerprint())) {
        differences.add("the schema of the twin is not what it was");
      }
      return differences;
    }
  }
}

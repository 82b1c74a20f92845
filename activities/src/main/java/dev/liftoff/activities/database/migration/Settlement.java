package dev.liftoff.activities.database.migration;

import dev.liftoff.FailureType;
import dev.liftoff.activities.database.LaunchFolder;
import dev.liftoff.activities.database.Purpose;
import dev.liftoff.activities.database.migration.Reconciliation.Decision;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every attempt begins here: what an earlier one left is recognised before anything runs. */
record Settlement(Flyways flyways, LaunchFolder folder, Rehearsals rehearsed, Ledger ledger) {
  private static final Logger log = LoggerFactory.getLogger(Settlement.class);

  /** The history tells the truth when this returns; otherwise permanent, with what stands. */
  void settle() throws SQLException, IOException {
    MigrationStart start = MigrationStart.read(folder);
    Optional<StepNote> note = unfinished(start);
    if (note.isPresent()) {
      new Leftovers(flyways, ledger).remove(note.get());
    }
    LiveSchema live = LiveSchema.read(flyways.server());
    List<String> recorded = live.history().scriptsAfter(start.rank());
    Decision decision =
        new Reconciliation(rehearsed, recorded, live.fingerprint(), note, transaction(note))
            .decide();
    ledger.append(
        "reconciled",
        Map.of(
            "fingerprint", live.fingerprint(),
            "recorded", recorded,
            "decision", decision.toString()));
    act(decision, live);
  }

  private void act(Decision decision, LiveSchema live) throws SQLException, IOException {
    switch (decision) {
      case Decision.GoOn(int applied) ->
          log.info("migration goes on launch={} after={}", flyways.server().launch(), applied);
      case Decision.MarkApplied(List<String> scripts, String proof) -> mark(scripts, proof, live);
      case Decision.Hold(String sentence) -> throw held(sentence, live);
    }
  }

  /** A step that the history has as applied is finished, and its note says nothing any more. */
  private Optional<StepNote> unfinished(MigrationStart start) throws SQLException, IOException {
    List<String> recorded = History.read(flyways.server()).scriptsAfter(start.rank());
    return StepNote.read(folder).filter(note -> !recorded.containsAll(note.scripts()));
  }

  private void mark(List<String> scripts, String proof, LiveSchema live)
      throws SQLException, IOException {
    List<MigrationInfo> pending = Arrays.asList(flyways.pending());
    List<String> next =
        pending.stream().limit(scripts.size()).map(MigrationInfo::getScript).toList();
    MigrationVersion end = next.isEmpty() ? null : pending.get(next.size() - 1).getVersion();
    if (!next.equals(scripts) || end == null) {
      throw held(
          "%s is applied and not recorded, and Flyway cannot mark it alone".formatted(scripts),
          live);
    }
    ledger.append("marked as applied", Map.of("scripts", scripts, "proof", proof));
    FluentConfiguration configuration =
        Segment.versionedOnly(flyways.configuration(flyways.server().spec().lockLimit()));
    configuration.target(end).skipExecutingMigrations(true).load().migrate();
    log.warn(
        "applied but unrecorded, marked launch={} scripts={} proof={}",
        flyways.server().launch(),
        scripts,
        proof);
    settle();
  }

  static RuntimeException held(String sentence, LiveSchema live) {
    return FailureType.MIGRATION_FAILED.permanent(
        "the migration is held, and nothing was touched: %s; the history stands at version %s, the catalog's fingerprint is %s"
            .formatted(sentence, live.history().version(), live.fingerprint()));
  }

  private String transaction(Optional<StepNote> note) throws SQLException {
    String id = note.map(StepNote::transaction).orElse(null);
    if (id == null) {
      return Reconciliation.NO_TRANSACTION;
    }
    try (Connection connection = flyways.server().open(Purpose.READ);
        PreparedStatement statement =
            connection.prepareStatement("SELECT pg_catalog.pg_xact_status(?::xid8)")) {
      statement.setString(1, id);
      try (ResultSet result = statement.executeQuery()) {
        result.next();
        String status = result.getString(1);
        return status == null ? "unknown" : status;
      }
    }
  }
}

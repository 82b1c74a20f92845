package dev.liftoff.activities.database.rehearsal;

import dev.liftoff.activities.database.Sha256;
import dev.liftoff.activities.database.migration.CommandContainer;
import dev.liftoff.activities.database.migration.CommandContainer.Use;
import dev.liftoff.activities.database.migration.CommandState;
import dev.liftoff.activities.database.migration.RehearsedCommand;
import dev.liftoff.database.MigrationClass;
import dev.liftoff.database.MigrationCommand;
import dev.liftoff.database.MigrationSpec;
import dev.liftoff.database.Rehearsal;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs a migration command on the restored copy, in the container in which it will run on the live
 * database, and judges what it did. There is no text for static rules to read.
 */
public record CommandRehearsal(RehearsalRun run, CommandContainer container) {

  /**
   * Repeating answers the same while neither the image nor the command, the waivers or the live
   * schema has changed. A command that fails or is dangerous is a refusal in the answer.
   *
   * @throws StaleCopy when the copy is not as it was restored
   */
  public Rehearsal rehearse() throws SQLException, IOException, InterruptedException, StaleCopy {
    Optional<Rehearsal> known = known();
    if (known.isPresent()) {
      return known.get();
    }
    Rehearsal rehearsal = judged();
    question(rehearsal).write(run.folder());
    return rehearsal;
  }

  private Optional<Rehearsal> known() throws SQLException, IOException {
    Rehearsal open =
        new Rehearsal(
            run.liveFingerprint(), List.of(), MigrationClass.EXPAND, List.of(), List.of());
    SavedRehearsal asked = question(open);
    return SavedRehearsal.read(run.folder()).filter(asked::answers).map(SavedRehearsal::rehearsal);
  }

  private Rehearsal judged() throws SQLException, IOException, InterruptedException, StaleCopy {
    container.discard(Use.REHEARSAL);
    String fingerprint = run.ready();
    requireSameVersion();
    CommandCopyRun.Outcome outcome =
        new CommandCopyRun(container, run.copy(), run.progress()).run();
    new RehearsedCommand(sha256(), outcome.states(), outcome.every()).write(run.folder());
    Judgement judgement = new Judgement(new Waivers(spec().waivers(), files()), spec().writes());
    judgement.note(
        "static rules do not apply to %s: only what it did on the copy is judged; a waiver names it as its file, with the sha256 %s (command)"
            .formatted(command().text(), sha256()));
    Rehearsal rehearsal = judgement.of(outcome.result());
    if (!fingerprint.equals(rehearsal.fingerprint())) {
      throw new StaleCopy(run.copy(), "was changed while it was looked at");
    }
    return rehearsal;
  }

  private void requireSameVersion() throws SQLException, StaleCopy {
    if (!state(run.server().database()).equals(state(run.copy()))) {
      throw new StaleCopy(run.copy(), "is at another version than the live database");
    }
  }

  private CommandState state(String database) throws SQLException {
    return CommandState.read(run.server(), database, command());
  }

  private SavedRehearsal question(Rehearsal rehearsal) {
    return new SavedRehearsal(files(), spec().waivers(), spec().writes(), rehearsal);
  }

  private Map<String, String> files() {
    return Map.of(command().text(), sha256());
  }

  private String sha256() {
    return Sha256.of(command().identity());
  }

  private MigrationCommand command() {
    return container.command();
  }

  private MigrationSpec spec() {
    return run.server().spec().migration();
  }
}

package dev.liftoff.board;

import dev.liftoff.database.Migration;
import dev.liftoff.database.ProofLevel;
import dev.liftoff.database.SchemaState;
import dev.liftoff.status.LaunchStatus;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the board shows of the database. */
public final class SchemaFacts {
  public final Standing standing = new Standing();
  private final Runnable changed;
  private @Nullable String before;
  private @Nullable String now;
  private List<String> pending = List.of();
  private @Nullable String restorePoint;
  private @Nullable ProofLevel level;
  private List<String> rehearsed = List.of();
  private boolean compatible;
  private List<String> rescue = List.of();

  SchemaFacts(Runnable changed) {
    this.changed = changed;
  }

  public void found(SchemaState schema) {
    before = schema.version();
    now = schema.version();
    pending = schema.pending().stream().map(SchemaFacts::line).toList();
    changed.run();
  }

  public void saved(String folder) {
    restorePoint = folder;
    changed.run();
  }

  /** How much was shown of the restore point; below L3 it is called not verified. */
  public void proven(ProofLevel reached) {
    level = reached;
    changed.run();
  }

  public void rehearsed(List<String> lines) {
    rehearsed = lines;
    changed.run();
  }

  /** The old version was seen to work on the new schema. */
  public void compatible() {
    compatible = true;
    level = ProofLevel.L4;
    standing.oldProven();
    changed.run();
  }

  /** What a rescue would do, for whoever types its numbers. */
  public void rescue(List<String> lines) {
    rescue = lines;
    changed.run();
  }

  public void stands(String version) {
    now = version;
    pending = List.of();
    changed.run();
  }

  LaunchStatus.Database status() {
    boolean verified = level != null && level.isVerified();
    return new LaunchStatus.Database(
        before, now, pending, restorePoint, verified, rehearsed, compatible, rescue, level);
  }

  /** What a rollback leaves as it is. */
  Optional<String> notUndone() {
    return Objects.equals(before, now) || standing.wayBack().undoesTheMigration()
        ? Optional.empty()
        : Optional.of("migration %s -> %s: the schema stays".formatted(before, now));
  }

  private static String line(Migration migration) {
    return migration.version() + " " + migration.description();
  }
}

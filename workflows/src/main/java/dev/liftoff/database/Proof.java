package dev.liftoff.database;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether a restore point really restores.
 *
 * @param proven every table that was compared came back with the content it had
 * @param tables how many were compared
 * @param rows how many rows they have
 * @param differences one sentence for each table that differs; empty when proven
 * @param level how much was shown; below L3 nothing may call the restore point verified
 * @param negativeControl what was changed on purpose, and that the comparison noticed it
 */
public record Proof(
    boolean proven,
    long tables,
    long rows,
    List<String> differences,
    ProofLevel level,
    String negativeControl) {

  /** What a history does not have was compared by content, and tested by a changed row. */
  @JsonCreator
  public Proof(
      boolean proven,
      long tables,
      long rows,
      List<String> differences,
      @Nullable ProofLevel level,
      @Nullable String negativeControl) {
    this.proven = proven;
    this.tables = tables;
    this.rows = rows;
    this.differences = List.copyOf(differences);
    this.level = level == null ? (proven ? ProofLevel.L3 : ProofLevel.L0) : level;
    this.negativeControl = negativeControl == null ? "" : negativeControl;
  }

  public Proof(boolean proven, long tables, long rows, List<String> differences) {
    this(proven, tables, rows, differences, null, null);
  }

  /** The same, at the level that was reached later. */
  public Proof at(ProofLevel reached) {
    return new Proof(proven, tables, rows, differences, reached, negativeControl);
  }

  /** One line for the commander. */
  public String sentence() {
    return "restore point %s (%s): %d tables, %d rows%s"
        .formatted(
            proven ? "restored and compared" : "NOT proven",
            level.sentence(),
            tables,
            rows,
            differences.isEmpty() ? "" : "; " + differences.getFirst());
  }
}

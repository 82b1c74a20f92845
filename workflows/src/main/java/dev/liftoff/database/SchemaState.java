package dev.liftoff.database;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the schema is.
 *
 * @param version the last applied migration; {@code none} where there is no history
 * @param pending migrations that the folder has and the database has not, in order
 * @param fingerprint hash of the catalog (tables, columns, types, indexes, constraints): equal
 *     fingerprints mean equal schemas
 * @param warnings what should be known before a launch and does not stand against it, a sentence
 *     each
 * @param asRehearsed the same hash as a {@link Rehearsal} spells it; null where none was made
 */
public record SchemaState(
    String version,
    List<Migration> pending,
    String fingerprint,
    List<String> warnings,
    @Nullable String asRehearsed) {

  /** A history that has no warnings was written before anything was looked for. */
  @JsonCreator
  public SchemaState(
      String version,
      List<Migration> pending,
      String fingerprint,
      @Nullable List<String> warnings,
      @Nullable String asRehearsed) {
    this.version = version;
    this.pending = List.copyOf(pending);
    this.fingerprint = fingerprint;
    this.warnings = warnings == null ? List.of() : List.copyOf(warnings);
    this.asRehearsed = asRehearsed;
  }

  public SchemaState(
      String version, List<Migration> pending, String fingerprint, @Nullable String asRehearsed) {
    this(version, pending, fingerprint, List.of(), asRehearsed);
  }

  public SchemaState noticing(List<String> found) {
    return new SchemaState(version, pending, fingerprint, found, asRehearsed);
  }
}

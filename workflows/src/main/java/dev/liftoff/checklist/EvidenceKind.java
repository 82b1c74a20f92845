package dev.liftoff.checklist;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.liftoff.Word;

/** What a person must give beside a pass, so that somebody else can look at it. */
public enum EvidenceKind {
  /** The value alone. */
  NONE,
  /** An address of a report, a graph, a ticket. */
  LINK,
  /** A file, by its name and sha256; the file itself stays where it is. */
  FILE,
  /** A measured value with its unit. */
  VALUE;

  /** The name in plans and histories. */
  @JsonValue
  public String word() {
    return Word.of(this);
  }

  /**
   * Reads {@link #word}.
   *
   * @throws IllegalArgumentException naming all words when it is none of them
   */
  @JsonCreator
  public static EvidenceKind of(String word) {
    return Word.read(EvidenceKind.class, word);
  }

  @Override
  public String toString() {
    return word();
  }
}

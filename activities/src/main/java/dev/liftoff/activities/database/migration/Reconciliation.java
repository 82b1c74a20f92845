package dev.liftoff.activities.database.migration;

import java.util.List;
import java.util.Optional;

/**
 * What an attempt does with what it finds: the catalog's fingerprint and Flyway's history, against
 * the rehearsed list, by the table of database.md 5.5. It never guesses: what the list does not
 * explain is held.
 *
 * @param recorded files of this launch that the history has as applied, in order
 * @param note what an attempt before this one was at
 * @param transaction {@code committed}, {@code aborted}, {@code in progress}, or {@code unknown}
 *     when PostgreSQL no longer knows the noted one; {@link #NO_TRANSACTION} when none was noted
 */
record Reconciliation(
    Rehearsals rehearsed,
    List<String> recorded,
    String fingerprint,
    Optional<StepNote> note,
    String transaction) {
  static final String NO_TRANSACTION = "none";

  /** What follows from it. */
  sealed interface Decision {
    /** The history is right: go on after the first so many. */
    record GoOn(int applied) implements Decision {}

    /** These were applied and not recorded. */
    record MarkApplied(List<String> scripts, String proof) implements Decision {}

    /** A human has to look; nothing was touched. */
    record Hold(String sentence) implements Decision {}
  }

  Decision decide() {
    List<String> all = rehearsed.scripts();
    int known = recorded.size();
    if (known > all.size() || !all.subList(0, known).equals(recorded)) {
      return new Decision.Hold(
          "the history has %s as applied by this launch, which is not how it was rehearsed: %s"
              .formatted(recorded, all));
    }
    if (fingerprint.equals(rehearsed.fingerprint(known))) {
      return catalogAgrees(known);
    }
    int ahead = last(known + 1, ahead(known));
    if (ahead > 0) {
      return catalogIsAhead(known, ahead);
    }
    return new Decision.Hold(behind(known));
  }

  /** Migrations that only change rows do not move the fingerprint; their transaction tells. */
  private Decision catalogAgrees(int known) {
    int committed = known + unrecordedInNote(known).size();
    if (transaction.equals("committed") && committed > known) {
      return fingerprint.equals(rehearsed.fingerprint(committed))
          ? mark(known, committed, "transaction %s is committed".formatted(id()))
          : new Decision.Hold(
              "transaction %s of %s is committed, but the schema is not what it leaves"
                  .formatted(id(), scripts(known, committed)));
    }
    boolean begun = note.isPresent() && isNext(note.get(), known);
    if (begun && !undone() && unmoved(known, note.get())) {
      return new Decision.Hold(
          "%s was begun, changes no schema and is not recorded, so it cannot be told whether it was done"
              .formatted(note.get().scripts()));
    }
    return new Decision.GoOn(known);
  }

  private Decision catalogIsAhead(int known, int ahead) {
    boolean together = ahead == known + 1 || unrecordedInNote(known).size() >= ahead - known;
    if (!together || transaction.equals("aborted")) {
      return new Decision.Hold(
          "the schema is that after %s, the history ends before %s, and nothing proves that this launch applied what is between"
              .formatted(rehearsed.scripts().get(ahead - 1), rehearsed.scripts().get(known)));
    }
    String proof =
        "the live fingerprint %s is the rehearsed one after %s%s"
            .formatted(fingerprint, rehearsed.scripts().get(ahead - 1), commit());
    return mark(known, ahead, proof);
  }

  private String behind(int known) {
    int real = last(0, known - 1);
    boolean found = real >= 0 && fingerprint.equals(rehearsed.fingerprint(real));
    return found
        ? "the history has %s as applied, but the schema does not".formatted(scripts(real, known))
        : "the live schema is none of the %d that the rehearsal passed through"
            .formatted(rehearsed.scripts().size() + 1);
  }

  /** How far a crash can have got beyond the history: one step. */
  private int ahead(int known) {
    int further = Math.max(1, unrecordedInNote(known).size());
    return Math.min(known + further, rehearsed.scripts().size());
  }

  /** The last of these after which the schema is the live one; -1 when there is none. */
  private int last(int from, int to) {
    for (int each = to; each >= from; each--) {
      if (fingerprint.equals(rehearsed.fingerprint(each))) {
        return each;
      }
    }
    return -1;
  }

  private List<String> unrecordedInNote(int known) {
    List<String> noted = note.map(StepNote::noted).orElse(List.of());
    List<String> rest = noted.stream().filter(script -> !recorded.contains(script)).toList();
    int end = known + rest.size();
    boolean next = end <= rehearsed.scripts().size() && scripts(known, end).equals(rest);
    return next ? rest : List.of();
  }

  private boolean isNext(StepNote step, int known) {
    return known < rehearsed.scripts().size()
        && step.scripts().contains(rehearsed.scripts().get(known));
  }

  /**
   * A transaction is noted before it is committed, so one without a note was not. What runs outside
   * of one leaves nothing that would tell.
   */
  private boolean undone() {
    return note.get().transactional()
        && (note.get().transaction() == null || transaction.equals("aborted"));
  }

  private boolean unmoved(int known, StepNote step) {
    int end = Math.min(known + step.scripts().size(), rehearsed.scripts().size());
    return rehearsed.fingerprint(end).equals(rehearsed.fingerprint(known));
  }

  private Decision mark(int from, int to, String proof) {
    return new Decision.MarkApplied(scripts(from, to), proof);
  }

  private List<String> scripts(int from, int to) {
    return rehearsed.scripts().subList(from, to);
  }

  private String commit() {
    return transaction.equals("committed") ? ", and transaction " + id() + " is committed" : "";
  }

  private String id() {
    return note.map(StepNote::transaction).orElse("none");
  }
}

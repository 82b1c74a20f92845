package dev.liftoff.board;

import dev.liftoff.Milestone;
import dev.liftoff.database.Rehearsal;
import dev.liftoff.database.Rehearsed;
import dev.liftoff.database.SchemaState;
import dev.liftoff.database.WayBack;
import dev.liftoff.database.WayBack.Evidence;
import dev.liftoff.database.WayBack.Reached;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far the database is, and what is known of it. Whoever wants to know the way back asks here:
 * the status, a gate, the guard, and the rollback itself.
 */
public final class Standing {
  private Reached reached = Reached.NOTHING;
  private boolean frozen;
  private boolean twin;
  private boolean schemaKnown = true;
  private boolean transactional = true;
  private boolean damaged;
  private boolean oldProven;
  private boolean late;
  private boolean toAcknowledge;
  private @Nullable Rehearsal rehearsal;

  /** Never back again: what was begun may have happened. */
  public void enter(Reached next) {
    if (next.compareTo(reached) > 0) {
      reached = next;
    }
  }

  public void frozen() {
    enter(Reached.FROZEN);
    frozen = true;
  }

  public void anchored() {
    twin = true;
  }

  /** The service is in its database. */
  public void letIn() {
    frozen = false;
  }

  public void damaged() {
    damaged = true;
  }

  public boolean isDamaged() {
    return damaged;
  }

  void oldProven() {
    oldProven = true;
  }

  public void rehearsed(Rehearsal done) {
    rehearsal = done;
    oldProven |= done.migrations().isEmpty();
  }

  /**
   * What stands after a migration that did not end: a schema that the rehearsal has seen or not.
   */
  public void found(SchemaState schema) {
    if (rehearsal == null || schema.asRehearsed() == null) {
      return;
    }
    List<String> known = new ArrayList<>(List.of(rehearsal.fingerprint()));
    rehearsal.migrations().forEach(migration -> known.add(migration.fingerprint()));
    int applied = known.lastIndexOf(schema.asRehearsed());
    schemaKnown = applied >= 0;
    List<Rehearsed> left = rehearsal.migrations().subList(Math.max(applied, 0), known.size() - 1);
    transactional = left.isEmpty() || left.getFirst().transactional();
  }

  /** The twin has all rows: nobody could write since it was made. */
  public boolean canBePutBack() {
    return frozen && twin;
  }

  /** A migration failed of which something may be left. */
  public void toAcknowledge() {
    toAcknowledge = true;
  }

  public boolean isToAcknowledge() {
    return toAcknowledge;
  }

  /** Its twin can be made when a rescue is wanted. */
  public void twinCanBeMadeLate() {
    late = true;
  }

  /** The service wrote on the new schema; a twin of the old one stands beside it, or can. */
  public boolean canBeRescued() {
    return (twin || late) && reached.compareTo(Reached.OPENED) >= 0;
  }

  public WayBack wayBack() {
    return at(reached);
  }

  /** What it will be when a gate is answered with a go. */
  WayBack after(Milestone gate) {
    Reached next =
        switch (gate) {
          case MIGRATE -> Reached.OPENED;
          case GO_LIVE -> Reached.CUT_OVER;
          case VALIDATION_30M -> Reached.SETTLING;
          default -> reached;
        };
    return at(next.compareTo(reached) > 0 ? next : reached);
  }

  private WayBack at(Reached place) {
    return WayBack.of(
        place, new Evidence(frozen, twin, schemaKnown, transactional, damaged, oldProven));
  }
}

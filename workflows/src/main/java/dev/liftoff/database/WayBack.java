package dev.liftoff.database;

/**
 * What becomes of the database when a launch fails, by how far it was: section 6 of the database's
 * design. Decides and does nothing.
 *
 * @param human whom it takes before that is done
 * @param rows what it means for the data
 */
public record WayBack(Action action, Human human, Rows rows) {

  /** How far the database was. */
  public enum Reached {
    NOTHING,
    /** The service is kept out; a twin may have been made. */
    FROZEN,
    MIGRATING,
    MIGRATED,
    /** The service writes on the new schema. */
    OPENED,
    /** Traffic is on the new version. */
    CUT_OVER,
    /** The easy way back has ended, at T+30. */
    SETTLING
  }

  /**
   * What is known of it.
   *
   * @param frozen the service is still kept out
   * @param twin it was made in this freeze and is proven
   * @param schemaKnown the live schema is one that the rehearsal has seen
   * @param transactional what failed was rolled back by the server as a whole
   * @param damaged rows are wrong, by the migration or by the new version
   */
  public record Evidence(
      boolean frozen, boolean twin, boolean schemaKnown, boolean transactional, boolean damaged) {}

  public enum Action {
    /** Nothing but the scratch database is to be removed. */
    STOP,
    /** The service gets its rights again. */
    LET_IN,
    /** What the failed step left of itself is removed; then the service gets its rights again. */
    TIDY_AND_LET_IN,
    /** The twin gets the live name; the migrated database is kept beside it. */
    PUT_BACK,
    /** Everything stays as it is, the service kept out where it is, until a human has decided. */
    HOLD,
    /** The old version goes on with the new schema; what hinders it is repaired forward. */
    REPAIR_FORWARD,
    /** Traffic goes back to the old version, on the new schema. */
    SWITCH_BACK,
    /** A plan of a rescue, with its numbers. */
    PROPOSE_RESCUE
  }

  public enum Human {
    NOBODY,
    IS_INFORMED,
    ACKNOWLEDGES,
    DECIDES,
    /** Types the numbers of the plan, after having seen it. */
    TYPES_THE_NUMBERS
  }

  public enum Rows {
    UNTOUCHED,
    /**
     * They are; steps that were applied before stay, which the old version was proven to work on.
     */
    UNTOUCHED_EARLIER_STEPS_STAY,
    /** What they were before the migration, proven by their content. */
    AS_BEFORE,
    /** Every row that was written is there. */
    KEPT,
    /** Nobody knows yet. */
    UNDECIDED
  }

  /** The way back from there; a pure function, so a replay decides the same. */
  public static WayBack of(Reached reached, Evidence evidence) {
    return switch (reached) {
      case NOTHING -> new WayBack(Action.STOP, Human.NOBODY, Rows.UNTOUCHED);
      case FROZEN -> new WayBack(Action.LET_IN, Human.NOBODY, Rows.UNTOUCHED);
      case MIGRATING -> migrating(evidence);
      case MIGRATED -> migrated(evidence);
      case OPENED -> opened(evidence, Action.REPAIR_FORWARD, Human.DECIDES);
      case CUT_OVER -> opened(evidence, Action.SWITCH_BACK, Human.IS_INFORMED);
      case SETTLING -> opened(evidence, Action.SWITCH_BACK, Human.DECIDES);
    };
  }

  private static WayBack migrating(Evidence evidence) {
    if (!evidence.schemaKnown()) {
      return new WayBack(Action.HOLD, Human.DECIDES, Rows.UNDECIDED);
    }
    return evidence.transactional()
        ? new WayBack(Action.LET_IN, Human.NOBODY, Rows.UNTOUCHED_EARLIER_STEPS_STAY)
        : new WayBack(
            Action.TIDY_AND_LET_IN, Human.ACKNOWLEDGES, Rows.UNTOUCHED_EARLIER_STEPS_STAY);
  }

  /** Where the service went on writing, going back would lose what it wrote. */
  private static WayBack migrated(Evidence evidence) {
    return evidence.frozen() && evidence.twin()
        ? new WayBack(Action.PUT_BACK, Human.IS_INFORMED, Rows.AS_BEFORE)
        : new WayBack(Action.HOLD, Human.DECIDES, Rows.UNDECIDED);
  }

  private static WayBack opened(Evidence evidence, Action action, Human human) {
    return evidence.damaged()
        ? new WayBack(Action.PROPOSE_RESCUE, Human.TYPES_THE_NUMBERS, Rows.KEPT)
        : new WayBack(action, human, Rows.KEPT);
  }
}

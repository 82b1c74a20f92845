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
   * @param oldProven the old version was seen to work on the new schema and on rows that the new
   *     version wrote, or the schema is what it was
   */
  public record Evidence(
      boolean frozen,
      boolean twin,
      boolean schemaKnown,
      boolean transactional,
      boolean damaged,
      boolean oldProven) {}

  public enum Action {
    /** Nothing but the scratch database is to be removed. */
    STOP("only what the launch made beside it is removed"),
    /** The service gets its rights again. */
    LET_IN("the service works as before"),
    /** What the failed step left of itself is removed; then the service gets its rights again. */
    TIDY_AND_LET_IN(
        "what the failed step left of itself is removed, then the service works as before"),
    /** The twin gets the live name; the migrated database is kept beside it. */
    PUT_BACK(
        "the twin of before the migration becomes live, the migrated database is kept beside it"),
    /** Everything stays as it is, the service kept out where it is, until a human has decided. */
    HOLD("everything stays as it is"),
    /** The old version goes on with the new schema; what hinders it is repaired forward. */
    REPAIR_FORWARD("the old version goes on with the new schema, which is repaired forward"),
    /** Traffic goes back to the old version, on the new schema. */
    SWITCH_BACK("traffic goes back to the old version, on the new schema"),
    /** A plan of a rescue, with its numbers. */
    PROPOSE_RESCUE("a rescue is planned, with its numbers");

    private final String words;

    Action(String words) {
      this.words = words;
    }
  }

  public enum Human {
    NOBODY("by itself"),
    IS_INFORMED("by itself, and people are told"),
    ACKNOWLEDGES("by itself, and a human acknowledges it"),
    DECIDES("once a human has decided it"),
    /** Types the numbers of the plan, after having seen it. */
    TYPES_THE_NUMBERS("once a human has typed the numbers");

    private final String words;

    Human(String words) {
      this.words = words;
    }
  }

  public enum Rows {
    UNTOUCHED("rows are untouched"),
    /**
     * They are; steps that were applied before stay, which the old version was proven to work on.
     */
    UNTOUCHED_EARLIER_STEPS_STAY("rows are untouched, migrations that were applied stay"),
    /** What they were before the migration, proven by their content. */
    AS_BEFORE("rows are what they were before the migration"),
    /** Every row that was written is there. */
    KEPT("every row is kept, nothing is restored over new ones"),
    /** Nobody knows yet. */
    UNDECIDED("what becomes of rows is not decided");

    private final String words;

    Rows(String words) {
      this.words = words;
    }
  }

  /** The same words wherever it is shown: status, gate, timeline, and the way back itself. */
  public String sentence() {
    return "%s, %s; %s".formatted(action.words, human.words, rows.words);
  }

  /** The schema is what it was, too. */
  public boolean undoesTheMigration() {
    return rows == Rows.AS_BEFORE;
  }

  /** The way back from there; a pure function, so a replay decides the same. */
  public static WayBack of(Reached reached, Evidence evidence) {
    return switch (reached) {
      case NOTHING -> new WayBack(Action.STOP, Human.NOBODY, Rows.UNTOUCHED);
      case FROZEN -> new WayBack(Action.LET_IN, Human.NOBODY, Rows.UNTOUCHED);
      case MIGRATING -> migrating(evidence);
      case MIGRATED -> migrated(evidence);
      case OPENED -> opened(evidence, Action.REPAIR_FORWARD, Human.IS_INFORMED);
      case CUT_OVER -> opened(evidence, Action.SWITCH_BACK, Human.IS_INFORMED);
      case SETTLING ->
          opened(
              evidence,
              Action.SWITCH_BACK,
              evidence.oldProven() ? Human.IS_INFORMED : Human.DECIDES);
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
    if (evidence.frozen() && evidence.twin()) {
      return new WayBack(Action.PUT_BACK, Human.IS_INFORMED, Rows.AS_BEFORE);
    }
    return evidence.frozen() || evidence.damaged()
        ? new WayBack(Action.HOLD, Human.DECIDES, Rows.UNDECIDED)
        : opened(evidence, Action.REPAIR_FORWARD, Human.IS_INFORMED);
  }

  private static WayBack opened(Evidence evidence, Action action, Human human) {
    return evidence.damaged()
        ? new WayBack(Action.PROPOSE_RESCUE, Human.TYPES_THE_NUMBERS, Rows.KEPT)
        : new WayBack(action, human, Rows.KEPT);
  }
}

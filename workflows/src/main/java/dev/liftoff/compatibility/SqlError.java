package dev.liftoff.compatibility;

/**
 * An error that the database answered.
 *
 * @param state SQLSTATE, such as {@code 42703}; {@code 42***} for those of a class beyond the first
 *     few hundred
 * @param count how often
 * @param example the message of the first one, without values: it may be read by anyone
 */
public record SqlError(String state, long count, String example) {

  /**
   * What does not fit the schema: class 42 is a statement that names what is not there or may not
   * be used, class 23 a row that a constraint refuses (PostgreSQL documentation, appendix A).
   */
  public boolean ofTheSchema() {
    return state.startsWith("42") || state.startsWith("23");
  }
}

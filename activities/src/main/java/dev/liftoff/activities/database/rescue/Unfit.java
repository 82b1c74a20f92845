package dev.liftoff.activities.database.rescue;

import dev.liftoff.activities.database.SqlTrouble;
import java.sql.SQLException;
import java.util.Set;

/** A row that the old schema has no place for. */
final class Unfit {
  /** Of SQLSTATEs: values that do not fit, and rows that the old rules forbid. */
  private static final Set<String> NOT_REPRESENTABLE = Set.of("22", "23");

  private Unfit() {}

  /** Whatever else the server refused is thrown on. */
  static String sentence(SQLException refused) throws SQLException {
    if (NOT_REPRESENTABLE.stream().anyMatch(SqlTrouble.state(refused)::startsWith)) {
      return "the old schema does not take a row that the service wrote: "
          + SqlTrouble.sentence(refused);
    }
    throw refused;
  }
}

package dev.liftoff.activities.database.rescue;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The next value of each sequence follows where the live database is. */
final class Sequences {
  private static final String ALL =
      """
      SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname), c.relname
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind = 'S' AND c.relpersistence <> 't' AND n.nspname !~ '^pg_'
      """;

  private Sequences() {}

  static void take(Pair pair) throws SQLException {
    for (String sequence : common(pair)) {
      String[] position = position(pair.live(), sequence);
      String _ =
          Sql.value(
              pair.twin(),
              "SELECT setval(?::regclass, ?::bigint, ?::boolean)",
              sequence,
              position[0],
              position[1]);
    }
  }

  static List<String> differences(Pair pair) throws SQLException {
    List<String> differences = new ArrayList<>();
    for (String sequence : common(pair)) {
      String[] live = position(pair.live(), sequence);
      String[] twin = position(pair.twin(), sequence);
      if (!live[0].equals(twin[0]) || !live[1].equals(twin[1])) {
        differences.add(
            "sequence %s is at %s in the live database and at %s in its twin"
                .formatted(sequence, live[0], twin[0]));
      }
    }
    return differences;
  }

  private static List<String> common(Pair pair) throws SQLException {
    Map<String, String> live = Sql.pairs(pair.live(), ALL);
    return Sql.pairs(pair.twin(), ALL).keySet().stream().filter(live::containsKey).toList();
  }

  private static String[] position(Connection connection, String sequence) throws SQLException {
    return Sql.rows(connection, 2, "SELECT last_value, is_called FROM " + sequence).getFirst();
  }
}

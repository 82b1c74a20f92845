package dev.liftoff.activities.database.rescue;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Foreign keys and triggers of the twin, out of the way while rows are put back in any order, and
 * there again before that is committed. The server checks each foreign key when it is added, so
 * nothing is taken on trust; switching them off by {@code session_replication_role} would need a
 * right that owners do not have, and would check nothing.
 */
record Guards(Connection twin, List<String[]> foreignKeys, List<String[]> triggers) {
  private static final String FOREIGN_KEYS =
      """
      SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname), quote_ident(con.conname),
             pg_get_constraintdef(con.oid), quote_literal(obj_description(con.oid, 'pg_constraint'))
      FROM pg_constraint con JOIN pg_class c ON c.oid = con.conrelid
           JOIN pg_namespace n ON n.oid = c.relnamespace
           JOIN pg_class target ON target.oid = con.confrelid
      WHERE con.contype = 'f' AND con.conparentid = 0
        AND (c.relkind = 'p' OR target.relkind = 'p' OR c.oid = ANY (?::regclass[])
             OR target.oid = ANY (?::regclass[]))
      ORDER BY con.oid
      """;
  private static final String TRIGGERS =
      """
      SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname), quote_ident(t.tgname),
             CASE t.tgenabled WHEN 'R' THEN 'REPLICA ' WHEN 'A' THEN 'ALWAYS ' ELSE '' END
      FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
           JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE NOT t.tgisinternal AND t.tgenabled <> 'D' AND c.oid = ANY (?::regclass[])
      """;

  static Guards lift(Connection twin, List<String> tables) throws SQLException {
    String array = array(tables);
    Guards guards =
        new Guards(
            twin,
            Sql.rows(twin, 4, FOREIGN_KEYS, array, array),
            Sql.rows(twin, 3, TRIGGERS, array));
    for (String[] key : guards.foreignKeys()) {
      Sql.execute(twin, "ALTER TABLE %s DROP CONSTRAINT %s".formatted(key[0], key[1]));
    }
    for (String[] trigger : guards.triggers()) {
      Sql.execute(twin, "ALTER TABLE %s DISABLE TRIGGER %s".formatted(trigger[0], trigger[1]));
    }
    return guards;
  }

  void putBack() throws SQLException {
    // What is checked at the end of the transaction is checked now: tables with open checks cannot
    // be altered.
    Sql.execute(twin, "SET CONSTRAINTS ALL IMMEDIATE");
    for (String[] trigger : triggers) {
      Sql.execute(
          twin, "ALTER TABLE %s ENABLE %sTRIGGER %s".formatted(trigger[0], trigger[2], trigger[1]));
    }
    for (String[] key : foreignKeys) {
      Sql.execute(twin, "ALTER TABLE %s ADD CONSTRAINT %s %s".formatted(key[0], key[1], key[2]));
      if (key[3] != null) {
        Sql.execute(twin, "COMMENT ON CONSTRAINT %s ON %s IS %s".formatted(key[1], key[0], key[3]));
      }
    }
  }

  private static String array(List<String> tables) {
    return tables.stream()
        .map(table -> '"' + table.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
        .collect(java.util.stream.Collectors.joining(",", "{", "}"));
  }
}

package dev.liftoff.activities.database.rescue;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may do what with a database, in the order in which the server keeps it.
 *
 * @param owner quoted where it must be, as all roles here
 * @param stored the server's own text; null while nobody ever granted or revoked anything, which
 *     means the default
 */
record Rights(String owner, @Nullable String stored, List<Right> granted) {
  static final String CONNECT = "CONNECT";

  /**
   * @param grantee {@code PUBLIC} for everybody
   */
  record Right(String grantee, String grantor, String privilege, boolean grantable) {
    boolean connects() {
      return privilege.equals(CONNECT);
    }
  }

  private static final String OWNER =
      "SELECT quote_ident(pg_get_userbyid(datdba)), datacl::text FROM pg_database WHERE datname = ?";
  private static final String GRANTED =
      """
      SELECT CASE WHEN a.grantee = 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END,
             quote_ident(pg_get_userbyid(a.grantor)), a.privilege_type, a.is_grantable
      FROM pg_database d
           CROSS JOIN unnest(coalesce(d.datacl, acldefault('d', d.datdba))) WITH ORDINALITY AS i(item, position)
           CROSS JOIN aclexplode(ARRAY[i.item]) AS a
      WHERE d.datname = ? ORDER BY i.position
      """;

  Rights {
    granted = List.copyOf(granted);
  }

  static Rights read(Connection connection, String database) throws SQLException {
    List<Right> granted = new ArrayList<>();
    for (String[] row : Sql.rows(connection, 4, GRANTED, database)) {
      granted.add(new Right(row[0], row[1], row[2], row[3].equals("t")));
    }
    String[] owner = Sql.rows(connection, 2, OWNER, database).getFirst();
    return new Rights(owner[0], owner[1], granted);
  }

  /** Nobody may connect but this role, who may whether it could before or not. */
  Rights onlyLetsIn(String role) {
    List<Right> left = new ArrayList<>(granted);
    left.removeIf(right -> right.connects() && !right.grantee().equals(role));
    if (left.stream().noneMatch(Right::connects)) {
      left.add(new Right(role, owner, CONNECT, false));
    }
    return new Rights(owner, null, left);
  }

  /**
   * These and no others, in this order: that makes what the server stores equal to what it was.
   * Within a transaction, so that nobody sees the database without rights.
   */
  void apply(Connection connection, String database) throws SQLException {
    Set<String> now = new LinkedHashSet<>();
    read(connection, database).granted().forEach(right -> now.add(right.grantee()));
    for (String grantee : now) {
      Sql.execute(
          connection,
          "REVOKE ALL ON DATABASE %s FROM %s".formatted(Names.quoted(database), grantee));
    }
    for (Right right : granted) {
      Sql.execute(
          connection,
          "GRANT %s ON DATABASE %s TO %s%s"
              .formatted(
                  right.privilege(),
                  Names.quoted(database),
                  right.grantee(),
                  right.grantable() ? " WITH GRANT OPTION" : ""));
    }
  }
}

package dev.liftoff.activities.database.rescue;

import dev.liftoff.FailureType;
import dev.liftoff.activities.database.Identity;
import dev.liftoff.activities.database.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Twin and live database exchange their names, in one transaction: there is always a database with
 * the live name, and it is always one of the two. The one that was live gets the name {@code post}
 * and lets nobody in any more, but is not changed.
 */
record Swap(PostgresServer server, AnchorNote anchor) {
  /** Such a twin is never removed by itself. */
  static final String WAS_LIVE = ", and had the live name";

  private static final String OID = "SELECT oid FROM pg_database WHERE datname = ?";

  String post() {
    return Names.post(server.database(), server.launch());
  }

  /** Told by the server's numbers, which stay when names change. */
  boolean done(Connection outside) throws SQLException {
    return Long.toString(anchor.oid()).equals(Sql.value(outside, OID, server.database()));
  }

  /** Both databases are without sessions. Repeating does nothing. */
  void carryOut(Connection outside, FreezeNote freeze) throws SQLException {
    if (done(outside)) {
      return;
    }
    if (Sql.value(outside, OID, post()) != null) {
      throw FailureType.DATABASE_REFUSED.permanent(
          "there is a database %s already, from an earlier rescue; rename it".formatted(post()));
    }
    outside.setAutoCommit(false);
    try {
      exchange(outside, freeze);
      outside.commit();
    } finally {
      outside.rollback();
      outside.setAutoCommit(true);
    }
  }

  private void exchange(Connection outside, FreezeNote freeze) throws SQLException {
    String comment = comment(outside, server.database());
    rename(outside, server.database(), post());
    rename(outside, anchor.twin(), server.database());
    Sql.execute(
        outside, "ALTER DATABASE %s ALLOW_CONNECTIONS false".formatted(Names.quoted(post())));
    comment(
        outside,
        post(),
        new KeptLabel(
                post(),
                server.database(),
                server.launch(),
                Identity.systemIdentifier(outside),
                null)
            .text());
    comment(outside, server.database(), comment);
    String migrator = String.valueOf(Sql.value(outside, "SELECT quote_ident(current_user)"));
    freeze.rights().onlyLetsIn(migrator).apply(outside, server.database());
  }

  /** The other way round; what was changed in the twin stays in the twin. */
  void takeBack(Connection outside) throws SQLException {
    if (!done(outside)) {
      return;
    }
    outside.setAutoCommit(false);
    try {
      String comment = comment(outside, server.database());
      rename(outside, server.database(), anchor.twin());
      Sql.execute(
          outside, "ALTER DATABASE %s ALLOW_CONNECTIONS true".formatted(Names.quoted(post())));
      rename(outside, post(), server.database());
      comment(outside, server.database(), comment);
      comment(outside, anchor.twin(), Twin.marker(server, outside) + WAS_LIVE);
      outside.commit();
    } finally {
      outside.rollback();
      outside.setAutoCommit(true);
    }
  }

  private static void rename(Connection outside, String from, String to) throws SQLException {
    Sql.execute(
        outside, "ALTER DATABASE %s RENAME TO %s".formatted(Names.quoted(from), Names.quoted(to)));
  }

  private static @Nullable String comment(Connection outside, String database) throws SQLException {
    return Sql.value(
        outside,
        "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = ?",
        database);
  }

  private static void comment(Connection outside, String database, @Nullable String text)
      throws SQLException {
    Sql.execute(
        outside,
        "COMMENT ON DATABASE %s IS %s"
            .formatted(Names.quoted(database), text == null ? "NULL" : Names.literal(text)));
  }
}

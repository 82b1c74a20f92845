package dev.liftoff.activities.database.rescue;

import dev.liftoff.FailureType;
import io.temporal.failure.ApplicationFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Whether a freeze can keep the service out at all; each way around it is refused by name. */
record KeptOut(Connection connection, String database, List<String> roles) {
  private static final String OWNS =
      "SELECT pg_has_role(datdba, 'USAGE') FROM pg_database WHERE datname = ?";
  private static final String SUPERUSER = "SELECT rolsuper FROM pg_roles WHERE rolname = ?";

  /** Before anything is touched. Permanent, {@code DATABASE_REFUSED}. */
  void requirePossible(Rights rights) throws SQLException {
    if (roles.isEmpty()) {
      throw refused("the plan names no role that the service connects as; name it in serviceRoles");
    }
    if (!Sql.isTrue(connection, OWNS, database)) {
      throw refused(
          "role %s does not own it, so it cannot keep others out; make it the owner or a member of %s"
              .formatted(migrator(), rights.owner()));
    }
    for (Rights.Right right : rights.granted()) {
      if (!right.grantor().equals(rights.owner())) {
        throw refused(
            "%s has the right %s from %s and not from the owner, which could not be given back; let %s grant it"
                .formatted(right.grantee(), right.privilege(), right.grantor(), rights.owner()));
      }
    }
    for (String role : roles) {
      requireOrdinary(role);
    }
  }

  /** After the rights were taken, before that is committed. */
  void requireDone(Rights rights) throws SQLException {
    for (String role : roles) {
      String allowed =
          "SELECT has_database_privilege(rolname, ?, 'CONNECT') FROM pg_roles WHERE rolname = ?";
      if (Sql.isTrue(connection, allowed, database, role)) {
        throw refused(
            "the service's role %s still gets in, since it is a member of %s; take that membership away"
                .formatted(role, migrator()));
      }
    }
  }

  private void requireOrdinary(String role) throws SQLException {
    String superuser = Sql.value(connection, SUPERUSER, role);
    if (superuser == null) {
      throw refused(
          "the service's role %s does not exist; correct serviceRoles in the plan".formatted(role));
    }
    if (superuser.equals("t")) {
      throw refused(
          "the service's role %s is a superuser, whom nothing keeps out; give the service an ordinary role"
              .formatted(role));
    }
    if (role.equals(Sql.value(connection, "SELECT current_user"))) {
      throw refused(
          "the service connects as %s, the role that migrates; give the service a role of its own"
              .formatted(role));
    }
  }

  private String migrator() throws SQLException {
    return String.valueOf(Sql.value(connection, "SELECT current_user"));
  }

  private ApplicationFailure refused(String sentence) {
    return FailureType.DATABASE_REFUSED.permanent(
        "writes to the database %s cannot be frozen: %s".formatted(database, sentence));
  }
}

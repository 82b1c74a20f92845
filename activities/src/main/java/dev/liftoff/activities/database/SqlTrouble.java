package dev.liftoff.activities.database;

import dev.liftoff.FailureType;
import dev.liftoff.database.DatabaseSpec;
import io.temporal.failure.ApplicationFailure;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** What an error of the database means for a launch. */
public final class SqlTrouble {
  private static final Set<String> GIVEN_WAY = Set.of("55P03", "40P01", "40001");

  /** Type of the failures that Temporal retries. */
  public static final String RETRYABLE = "DATABASE_TROUBLE";

  private SqlTrouble() {}

  /**
   * Permanent when repeating cannot help, a fault that Temporal retries otherwise; one sentence
   * either way.
   */
  public static ApplicationFailure failure(SQLException trouble, DatabaseSpec spec) {
    String url = spec.url().replaceFirst("\\?.*", "");
    return switch (state(trouble)) {
      case "28P01", "28000" ->
          refused(
              "the database %s does not let role %s in: %s; check the role and the secret %s"
                  .formatted(url, spec.user(), sentence(trouble), spec.password()));
      case "3D000" ->
          refused(
              "the server has no such database: %s; create it or correct the url %s"
                  .formatted(sentence(trouble), url));
      case "42501" ->
          refused(
              "role %s lacks a privilege in %s: %s; grant it"
                  .formatted(spec.user(), url, sentence(trouble)));
      case "25006" ->
          refused("the database %s is not writable: %s".formatted(url, sentence(trouble)));
      default ->
          ApplicationFailure.newFailure(
              "the database %s: %s".formatted(url, sentence(trouble)), RETRYABLE);
    };
  }

  /**
   * Another session holds what is needed, and it was right to give way: the same may succeed later.
   */
  public static boolean gaveWay(SQLException trouble) {
    return gaveWay(state(trouble));
  }

  /** The same by its SQLSTATE. */
  public static boolean gaveWay(String state) {
    return GIVEN_WAY.contains(state);
  }

  /** The connection or the server went away. */
  public static boolean isOutage(SQLException trouble) {
    String state = state(trouble);
    return state.startsWith("08") || state.startsWith("53") || state.startsWith("57P");
  }

  public static String state(SQLException trouble) {
    String state = trouble.getSQLState();
    return state == null ? "" : state;
  }

  /** Only the server's first sentence: its detail quotes rows. */
  public static String sentence(SQLException trouble) {
    if (trouble instanceof PSQLException known) {
      ServerErrorMessage message = known.getServerErrorMessage();
      if (message != null && message.getMessage() != null) {
        return message.getMessage();
      }
    }
    return String.valueOf(trouble.getMessage()).lines().findFirst().orElse("no message");
  }

  public static @Nullable SQLException in(Throwable trouble) {
    for (Throwable each = trouble; each != null; each = each.getCause()) {
      if (each instanceof SQLException found) {
        return found;
      }
    }
    return null;
  }

  private static ApplicationFailure refused(String sentence) {
    return FailureType.DATABASE_REFUSED.permanent(sentence);
  }
}

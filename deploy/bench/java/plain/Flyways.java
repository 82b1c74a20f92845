package plain;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * The Flyway of the plain script, kept loaded: a new JVM for each call would count for Liftoff. Arguments: JDBC URL, user, folder; the
 * password is in PGPASSWORD. Each line of the input is validate, migrate or rehearse with the name of a copy, and gets one line as its answer.
 */
public final class Flyways {
  private Flyways() {}

  public static void main(String[] args) throws IOException {
    BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      System.out.println(answer(line, args));
    }
  }

  private static String answer(String line, String[] args) {
    try {
      String[] words = line.split(" ");
      return switch (words[0]) {
        case "validate" -> validated(args);
        case "migrate" -> "ok " + flyway(args, new String[0]).migrate().targetSchemaVersion;
        case "rehearse" -> rehearsed(words[1], args);
        default -> "failed: unknown word " + line;
      };
    } catch (FlywayException failed) {
      return "failed: " + String.valueOf(failed.getMessage()).replace('\n', ' ');
    }
  }

  private static String validated(String[] args) {
    flyway(args, new String[] {"*:pending"}).validate();
    return "ok " + flyway(args, new String[0]).info().pending().length;
  }

  /** On the copy, and a second time, when nothing must be left to do. */
  private static String rehearsed(String copy, String[] args) {
    String[] there = {args[0].substring(0, args[0].lastIndexOf('/') + 1) + copy, args[1], args[2]};
    int applied = flyway(there, new String[0]).migrate().migrationsExecuted;
    int again = flyway(there, new String[0]).migrate().migrationsExecuted;
    return again == 0 ? "ok " + applied : "failed: the second run applied " + again;
  }

  private static Flyway flyway(String[] args, String[] ignored) {
    return Flyway.configure()
        .dataSource(args[0], args[1], System.getenv("PGPASSWORD"))
        .initSql("set lock_timeout = '2s'; set statement_timeout = '2min'")
        .locations("filesystem:" + args[2])
        .failOnMissingLocations(true)
        .validateMigrationNaming(true)
        .validateOnMigrate(true)
        .ignoreMigrationPatterns(ignored)
        .cleanDisabled(true)
        .load();
  }
}

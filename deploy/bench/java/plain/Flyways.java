package plain;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * The Flyway of the plain script, kept loaded: a new JVM for each call would count for Liftoff. Arguments: JDBC URL, user, folder; the
 * password is in PGPASSWORD. Each line of the input is validate or migrate, and gets one line as its answer.
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
      return switch (line) {
        case "validate" -> validated(args);
        case "migrate" -> "ok " + flyway(args, new String[0]).migrate().targetSchemaVersion;
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

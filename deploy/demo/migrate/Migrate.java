import org.flywaydb.core.Flyway;

/**
 * Brings the demo's database to the schema of a folder, with the Flyway that Liftoff uses: the history it leaves is one
 * that a launch can continue. Arguments: JDBC URL, user, folder; the password is in MIGRATE_PASSWORD.
 */
public final class Migrate {
  private Migrate() {}

  public static void main(String[] args) {
    var result =
        Flyway.configure()
            .dataSource(args[0], args[1], System.getenv("MIGRATE_PASSWORD"))
            .locations("filesystem:" + args[2])
            .failOnMissingLocations(true)
            .validateMigrationNaming(true)
            .cleanDisabled(true)
            .load()
            .migrate();
    System.out.println("schema version " + (result.targetSchemaVersion == null ? "unchanged" : result.targetSchemaVersion));
  }
}

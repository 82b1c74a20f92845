package dev.liftoff.activities.database.backup;

import dev.liftoff.activities.database.PostgresServer;
import dev.liftoff.activities.database.PostgresTools;
import dev.liftoff.activities.database.pace.Throttle;
import dev.liftoff.database.BackupMethod;
import dev.liftoff.database.BackupSpec;
import java.nio.file.Path;

/** What saves a whole server, by the method of the plan. */
public final class BackupProviders {
  static final String PGBACKREST = "pgbackrest";

  private BackupProviders() {}

  /**
   * The one for this restore point, which is there.
   *
   * @param restorePoint its folder
   */
  public static BackupProvider of(
      BackupMethod method, PostgresServer server, PostgresTools tools, Path restorePoint) {
    return of(method, server, tools, restorePoint, Throttle.none(server, "nothing is saved"));
  }

  /**
   * The one that takes this restore point.
   *
   * @param throttle how fast it may; pgbackrest reads the files itself, at its own pace
   */
  public static BackupProvider of(
      BackupMethod method,
      PostgresServer server,
      PostgresTools tools,
      Path restorePoint,
      Throttle throttle) {
    return switch (method) {
      case PHYSICAL -> new BaseBackup(server, tools, restorePoint.resolve(Manifest.BASE), throttle);
      case PGBACKREST -> pgBackRest(server, tools);
      case AUTO, LOGICAL ->
          throw new IllegalArgumentException("a dump is no copy of a whole server: " + method);
    };
  }

  static PgBackRest pgBackRest(PostgresServer server, PostgresTools tools) {
    BackupSpec spec = server.spec().backup();
    String stanza = spec.stanza();
    if (stanza == null) {
      throw new IllegalArgumentException("pgbackrest without a stanza");
    }
    Path config = spec.config() == null ? null : Path.of(spec.config());
    return new PgBackRest(server, tools, PGBACKREST, stanza, config);
  }
}

package dev.liftoff.activities.database.backup;

import dev.liftoff.FailureType;
import dev.liftoff.activities.database.LaunchFolder;
import dev.liftoff.activities.database.PostgresServer;
import dev.liftoff.activities.database.PostgresTools;
import dev.liftoff.activities.database.Progress;
import dev.liftoff.activities.database.Purpose;
import dev.liftoff.activities.database.pace.ServiceLatency;
import dev.liftoff.activities.database.pace.Throttle;
import dev.liftoff.database.BackupMethod;
import dev.liftoff.database.RestorePoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the restore point of a launch by the method that its plan, or the database's size, says.
 *
 * @param jobs tables that are dumped or read at the same time
 * @param latency of the service, to which it gives way
 */
public record RestorePoints(
    PostgresServer server,
    LaunchFolder folder,
    @Nullable Path binaries,
    int jobs,
    Progress progress,
    TableSums.ContentReader reader,
    ServiceLatency latency) {
  private static final Logger log = LoggerFactory.getLogger(RestorePoints.class);

  /** It exists. Repeating after success answers the same one. */
  public RestorePoint take() throws SQLException, IOException, InterruptedException {
    if (Files.exists(folder.backup())) {
      return standing();
    }
    Laps laps = new Laps();
    RestorePoint point = taken(laps);
    log.info(
        "restore point taken launch={} method={} bytes={} tables={} milliseconds={} throttled={}",
        server.launch(),
        point.method(),
        point.bytes(),
        point.tables().size(),
        laps.milliseconds(),
        point.throttled());
    return point;
  }

  private RestorePoint taken(Laps laps) throws SQLException, IOException, InterruptedException {
    try (Connection connection = server.open(Purpose.BACKUP)) {
      laps.end("connection");
      server.requireUsable(connection);
      server.endSessions(connection, Purpose.BACKUP);
      folder.discardPartials(folder.backup());
      PostgresTools tools =
          PostgresTools.fitting(connection.getMetaData().getDatabaseMajorVersion(), binaries);
      BackupChoice choice = BackupChoice.of(connection, server, tools);
      choice.requirePossible();
      try (Throttle throttle = throttle(choice.method(), connection)) {
        take(choice.method(), tools, connection, throttle, laps);
      }
      return Manifest.read(folder.backup()).restorePoint(folder.backup());
    } finally {
      folder.discardPartials(folder.backup());
    }
  }

  private void take(
      BackupMethod method, PostgresTools tools, Connection connection, Throttle throttle, Laps laps)
      throws SQLException, IOException, InterruptedException {
    if (method == BackupMethod.LOGICAL) {
      new Backup(server, folder, tools, jobs, progress, throttle).take(connection, laps);
      return;
    }
    if (method == BackupMethod.PHYSICAL) {
      DiskRoom.requireForServer("the copy of the server", folder.path(), connection);
    }
    new PhysicalBackup(server, folder, method, tools, jobs, progress, reader, throttle).take(laps);
  }

  private Throttle throttle(BackupMethod method, Connection connection)
      throws SQLException, IOException {
    return method == BackupMethod.PGBACKREST
        ? Throttle.none(server, "pgbackrest reads the files itself, as fast as it is configured to")
        : Throttle.begin(server, connection, folder, latency, progress);
  }

  private RestorePoint standing() throws SQLException, IOException, InterruptedException {
    progress.report("checking the restore point that exists");
    Manifest manifest = Manifest.read(folder.backup());
    if (!manifest.launch().equals(server.launch())) {
      throw failed(
          "the folder %s holds the restore point of %s; use another folder for artifacts"
              .formatted(folder.backup(), manifest.launch()));
    }
    List<String> damage = manifest.damage(folder.backup(), jobs);
    if (!damage.isEmpty()) {
      throw failed(
          "%s in %s; look at the disk, then start a new launch"
              .formatted(damage.getFirst(), folder.backup()));
    }
    return manifest.restorePoint(folder.backup());
  }

  private static RuntimeException failed(String sentence) {
    return FailureType.BACKUP_FAILED.permanent(sentence);
  }
}

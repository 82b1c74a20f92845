package dev.liftoff.activities.database.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.liftoff.activities.database.LaunchFolder;
import dev.liftoff.activities.database.PostgresCluster;
import dev.liftoff.activities.database.Shop;
import dev.liftoff.database.BackupMethod;
import dev.liftoff.database.BackupSpec;
import dev.liftoff.database.DatabaseSpec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;

/** A cluster that may be copied as a whole, and archives into the repository of a pgBackRest. */
public final class CopiedServer {
  public final PostgresCluster cluster;
  public final Path repository;
  public final Path config;

  public CopiedServer() throws Exception {
    cluster = new PostgresCluster("archive_mode=on");
    repository = openFolder("liftoff-pgbackrest");
    config = repository.resolve("pgbackrest.conf");
    Files.writeString(
        config,
        """
        [global]
        repo1-path=%1$s/repo
        lock-path=%1$s/lock
        spool-path=%1$s/spool
        log-path=%1$s
        job-retry=0
        [shop]
        pg1-path=%2$s
        pg1-port=%3$d
        pg1-socket-path=%4$s
        pg1-user=admin
        """
            .formatted(
                repository,
                cluster.value("postgres", "SHOW data_directory"),
                cluster.port(),
                cluster.value("postgres", "SHOW unix_socket_directories")));
    ServerUser.own(repository);
    run(
        "/usr/bin/pgbackrest",
        "--config=" + config,
        "--stanza=shop",
        "--log-level-file=off",
        "stanza-create");
    cluster.execute(
        "postgres",
        "ALTER SYSTEM SET archive_command = 'pgbackrest --config=%s --stanza=shop --log-level-file=off archive-push %%p'"
            .formatted(config));
    cluster.execute("postgres", "SELECT pg_reload_conf()");
    cluster.execute("postgres", "ALTER ROLE shop REPLICATION");
  }

  /** The shop's database, saved by this method. */
  public DatabaseSpec spec(Shop shop, BackupMethod method) {
    boolean provided = method == BackupMethod.PGBACKREST;
    return with(
        shop.spec(),
        BackupSpec.DEFAULT.by(
            method, provided ? "shop" : null, provided ? config.toString() : null));
  }

  public static DatabaseSpec with(DatabaseSpec spec, BackupSpec backup) {
    return new DatabaseSpec(
        spec.url(),
        spec.user(),
        spec.password(),
        spec.migrations(),
        spec.backupLimit(),
        spec.migrationLimit(),
        spec.lockLimit(),
        backup,
        spec.migration(),
        spec.serviceRoles(),
        spec.businessChecks());
  }

  public void stop() throws Exception {
    cluster.stop();
    LaunchFolder.delete(repository);
  }

  /** One that the server's user may enter. */
  public static Path openFolder(String name) throws Exception {
    Path folder = Files.createTempDirectory(name);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    return folder;
  }

  private static void run(String... command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(ServerUser.command(List.of(command)));
    builder.environment().putAll(Map.of("PGPASSWORD", PostgresCluster.PASSWORD));
    Process process = builder.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }
}

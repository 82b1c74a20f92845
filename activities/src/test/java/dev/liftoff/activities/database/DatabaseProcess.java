package dev.liftoff.activities.database;

import dev.liftoff.Payloads;
import dev.liftoff.SecretReference;
import dev.liftoff.activities.Heartbeat;
import dev.liftoff.activities.Secrets;
import dev.liftoff.activities.database.backup.CopiedServer;
import dev.liftoff.database.BackupMethod;
import dev.liftoff.database.BackupSpec;
import dev.liftoff.database.DatabaseSpec;
import dev.liftoff.database.Integrity;
import dev.liftoff.database.Migrated;
import dev.liftoff.database.Proof;
import dev.liftoff.database.Rehearsal;
import dev.liftoff.database.RestorePoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * A process of its own that takes a database through its part of a launch, so that it can be
 * killed. What a step answered is kept on the disk, as Temporal would keep it; a step whose answer
 * was not kept is repeated.
 */
public final class DatabaseProcess {
  private final PostgresDatabase database;
  private final DatabaseSpec spec;
  private final Path answers;

  private DatabaseProcess(PostgresDatabase database, DatabaseSpec spec, Path answers) {
    this.database = database;
    this.spec = spec;
    this.answers = answers;
  }

  /**
   * Arguments: url, folder of the restore points, folder of the migrations, steps; and the method
   * of the backup with the folder of its copies, where it is another than the dump.
   */
  public static void main(String[] arguments) throws Exception {
    Path artifacts = Path.of(arguments[1]);
    Secrets secrets = new Secrets(Map.of("SHOP_PASSWORD", PostgresCluster.PASSWORD));
    PostgresDatabase database =
        new PostgresDatabase(
            arguments.length > 4
                ? copying(artifacts, Path.of(arguments[5]))
                : PostgresDatabase.Settings.in(artifacts),
            secrets,
            Heartbeat.none());
    DatabaseSpec spec = spec(arguments[0], arguments[2]);
    DatabaseProcess process =
        new DatabaseProcess(
            database,
            arguments.length > 4 ? saved(spec, BackupMethod.valueOf(arguments[4])) : spec,
            Files.createDirectories(artifacts.resolve("answers")));
    process.run(List.of(arguments[3].split(",")));
  }

  static PostgresDatabase.Settings copying(Path artifacts, Path scratch) {
    return new PostgresDatabase.Settings(artifacts, null, 2, Duration.ofSeconds(10), scratch);
  }

  private static DatabaseSpec saved(DatabaseSpec spec, BackupMethod method) {
    return CopiedServer.with(spec, BackupSpec.DEFAULT.by(method, null, null));
  }

  static DatabaseSpec spec(String url, String migrations) {
    return new DatabaseSpec(
        url,
        "shop",
        new SecretReference("env:SHOP_PASSWORD"),
        migrations,
        Duration.ofMinutes(2),
        Duration.ofMinutes(2),
        Duration.ofSeconds(2),
        null,
        null,
        null,
        null);
  }

  /** Its output goes to the file. */
  public static Process start(String url, Path artifacts, Path migrations, String steps, Path log)
      throws IOException {
    return start(url, artifacts, migrations, steps, log, List.of());
  }

  /**
   * @param method of the backup, and the folder of its copies; nothing for the dump
   */
  static Process start(
      String url, Path artifacts, Path migrations, String steps, Path log, List<String> method)
      throws IOException {
    List<String> command = new ArrayList<>(java(log));
    command.addAll(List.of(url, artifacts.toString(), migrations.toString(), steps));
    command.addAll(method);
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .start();
  }

  private static List<String> java(Path log) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        // Most of a short process is the loading of classes: the first one keeps them for the
        // others.
        "-XX:+AutoCreateSharedArchive",
        "-XX:SharedArchiveFile="
            + log.toAbsolutePath().getParent().getParent().resolve("classes.jsa"),
        "-Xlog:cds=off",
        "-Xlog:aot=off",
        "-cp",
        System.getProperty("java.class.path"),
        DatabaseProcess.class.getName());
  }

  private void run(List<String> steps) throws Exception {
    if (steps.contains("backup")) {
      var _ = point();
    }
    if (steps.contains("prove")) {
      var _ = once("prove", Proof.class, () -> database.prove(Shop.LAUNCH, spec, point()));
    }
    if (steps.contains("rehearse")) {
      var _ = once("rehearse", Rehearsal.class, this::rehearsed);
    }
    if (steps.contains("migrate")) {
      var _ = once("migrate", Migrated.class, () -> database.migrate(Shop.LAUNCH, spec));
    }
    if (steps.contains("verify")) {
      var _ = once("verify", Integrity.class, () -> database.verify(Shop.LAUNCH, spec, point()));
    }
  }

  private Rehearsal rehearsed() throws Exception {
    Proof proof = database.proveAndKeep(Shop.LAUNCH, spec, point()).proof();
    Rehearsal rehearsal = database.rehearse(Shop.LAUNCH, spec, point());
    database.discardScratch(Shop.LAUNCH, spec);
    if (!proof.proven() || !rehearsal.passed()) {
      throw new IllegalStateException(proof.differences() + ", " + rehearsal.refusals());
    }
    return rehearsal;
  }

  private RestorePoint point() throws Exception {
    return once("backup", RestorePoint.class, () -> database.backUp(Shop.LAUNCH, spec));
  }

  private <T> T once(String step, Class<T> type, Callable<T> work) throws Exception {
    Path answer = answers.resolve(step + ".json");
    if (Files.exists(answer)) {
      return Payloads.mapper().readValue(answer.toFile(), type);
    }
    Files.writeString(answers.resolve(step + ".begun"), "");
    T result = work.call();
    Path partial =
        Files.write(
            answers.resolve(step + ".partial"), Payloads.mapper().writeValueAsBytes(result));
    Files.move(partial, answer, StandardCopyOption.ATOMIC_MOVE);
    return result;
  }
}

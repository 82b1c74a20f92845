package dev.liftoff.activities.database.migration;

import dev.liftoff.Payloads;
import dev.liftoff.activities.Heartbeat;
import dev.liftoff.activities.Secrets;
import dev.liftoff.activities.compatibility.TrialStage;
import dev.liftoff.activities.container.DockerContainers;
import dev.liftoff.activities.container.DockerOneOff;
import dev.liftoff.activities.database.PostgresCluster;
import dev.liftoff.activities.database.PostgresDatabase;
import dev.liftoff.activities.database.Shop;
import dev.liftoff.database.DatabaseSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A worker that migrates by a command, to be killed. */
public final class CommandProcess {
  private CommandProcess() {}

  /** Arguments: folder of the artifacts, file with the database's part of the plan. */
  public static void main(String[] arguments) throws Exception {
    Path artifacts = Path.of(arguments[0]);
    Secrets secrets =
        new Secrets(Map.of("SHOP_PASSWORD", PostgresCluster.PASSWORD, "WORD", "hunter2-hunter2"));
    DatabaseSpec spec =
        Payloads.mapper().readValue(Path.of(arguments[1]).toFile(), DatabaseSpec.class);
    try (DockerOneOff oneOff =
        new DockerOneOff(DockerContainers.Settings.on(TrialStage.ADDRESS, artifacts), secrets)) {
      var _ =
          new PostgresDatabase(
                  PostgresDatabase.Settings.in(artifacts), secrets, Heartbeat.none(), oneOff)
              .migrate(Shop.LAUNCH, spec);
    }
  }

  static Process start(Path artifacts, DatabaseSpec spec, Path log) throws IOException {
    Path plan =
        Files.write(log.resolveSibling("plan.json"), Payloads.mapper().writeValueAsBytes(spec));
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            CommandProcess.class.getName(),
            artifacts.toString(),
            plan.toString())
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }
}

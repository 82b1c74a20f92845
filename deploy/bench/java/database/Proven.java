package database;

import dev.liftoff.LaunchId;
import dev.liftoff.SecretReference;
import dev.liftoff.activities.Heartbeat;
import dev.liftoff.activities.Secrets;
import dev.liftoff.activities.database.PostgresDatabase;
import dev.liftoff.activities.container.OneOff;
import dev.liftoff.container.Slot;
import dev.liftoff.database.DatabaseSpec;
import dev.liftoff.database.Proof;
import dev.liftoff.database.RestorePoint;
import dev.liftoff.metrics.Measurement;
import dev.liftoff.metrics.Metric;
import dev.liftoff.metrics.MetricsSpec;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Takes a restore point and proves it, as a launch does; prints the seconds and the most memory in MB. */
public final class Proven {
  private static final Duration LIMIT = Duration.ofMinutes(30);

  /** A service that is looked at and does not suffer: everything goes by the relay, at full speed. */
  private static final double P95 = 0.1;

  private static final MetricsSpec METRICS =
      new MetricsSpec(
          URI.create("http://127.0.0.1:9090"), Map.of(Metric.P95, "p95"), "samples", Duration.ofSeconds(10), Duration.ofMinutes(1), List.of());

  public static void main(String[] args) throws Exception {
    Path artifacts = Path.of(args[1]);
    PostgresDatabase database =
        new PostgresDatabase(
            new PostgresDatabase.Settings(artifacts, null, Integer.parseInt(args[2]), Duration.ofSeconds(10), null),
            new Secrets(Map.of("PGPASSWORD", System.getenv("PGPASSWORD"))),
            Heartbeat.none(),
            OneOff.none(),
            (launch, watch) -> new Measurement.Value(P95));
    // A worker lives for many launches: its classes are loaded.
    prove(database, LaunchId.parse("small/bench/v1/1"), args[0] + "/small", artifacts);
    long began = System.nanoTime();
    prove(database, LaunchId.parse("shop/bench/v1/1"), args[0] + "/shop", artifacts);
    System.out.printf("%.3f %d%n", (System.nanoTime() - began) / 1e9, peakMegabytes());
  }

  private static void prove(PostgresDatabase database, LaunchId launch, String url, Path artifacts) throws Exception {
    DatabaseSpec spec =
        new DatabaseSpec(url, "bench", new SecretReference("env:PGPASSWORD"), artifacts.toString(), LIMIT, LIMIT, Duration.ofSeconds(1), null, null, null, null)
            .sparing(METRICS, Slot.BLUE);
    RestorePoint point = database.backUp(launch, spec);
    Proof proof = database.prove(launch, spec, point);
    if (!proof.proven() || !proof.level().isVerified()) {
      throw new IllegalStateException(proof.sentence());
    }
  }

  private static long peakMegabytes() throws Exception {
    List<String> status = Files.readAllLines(Path.of("/proc/self/status"));
    String peak = status.stream().filter(line -> line.startsWith("VmHWM:")).findFirst().orElseThrow();
    return Long.parseLong(peak.replaceAll("\\D", "")) / 1024;
  }
}

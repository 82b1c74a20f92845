package dev.liftoff.activities.probe;

import dev.liftoff.LaunchId;
import dev.liftoff.SecretReference;
import dev.liftoff.activities.Heartbeat;
import dev.liftoff.activities.Secrets;
import dev.liftoff.probe.Check;
import dev.liftoff.probe.ProbeResult;
import dev.liftoff.probe.Targets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** One probe with one secret, for one check at a time. */
record Probing(NetworkProbe probe) implements AutoCloseable {
  static final LaunchId LAUNCH = LaunchId.parse("shop/test/2.0.0/1");
  static final SecretReference PASSWORD = new SecretReference("env:PASSWORD");

  /** The first TLS connection of a JVM takes seconds on a busy machine. */
  private static final Duration LIMIT = Duration.ofSeconds(12);

  static Probing with(String password) {
    return new Probing(
        new NetworkProbe(
            new NetworkProbe.Settings(LIMIT),
            new Secrets(Map.of("PASSWORD", password)),
            Heartbeat.none()));
  }

  ProbeResult result(Check check) {
    return probe.check(LAUNCH, List.of(check), new Targets(null, null)).getFirst();
  }

  @Override
  public void close() {
    probe.close();
  }
}

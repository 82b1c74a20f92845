package dev.liftoff.activities.database.pace;

import dev.liftoff.FailureType;
import dev.liftoff.LaunchId;
import dev.liftoff.Payloads;
import dev.liftoff.activities.database.LaunchFolder;
import dev.liftoff.activities.database.PostgresServer;
import dev.liftoff.activities.database.Progress;
import dev.liftoff.database.BackupSpec;
import dev.liftoff.database.LatencyWatch;
import dev.liftoff.database.ThrottleSpec;
import dev.liftoff.database.Throttled;
import dev.liftoff.metrics.Measurement;
import dev.liftoff.plan.Durations;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.postgresql.jdbc.PgConnection;
import org.postgresql.util.HostSpec;

/**
 * Reads the live server no faster than the service bears, and no longer than the plan allows. Where
 * the latency of the service is not known everything goes straight to the server.
 */
public final class Throttle implements AutoCloseable {
  private static final String BEFORE = "p95-before-backup.json";

  /** So that what went wrong is told before Temporal stops waiting for it. */
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final PostgresServer server;
  private final Progress progress;
  private final long deadline;
  private final Pace pace = new Pace();
  private @Nullable Regulator regulator;
  private @Nullable Relay relay;
  private @Nullable HostSpec host;
  private @Nullable Thread looking;
  private String unmeasured = "";

  private Throttle(PostgresServer server, Progress progress) {
    this.server = server;
    this.progress = progress;
    Duration limit = server.spec().backupLimit();
    Duration grace = limit.dividedBy(10).compareTo(GRACE) < 0 ? limit.dividedBy(10) : GRACE;
    this.deadline = System.nanoTime() + limit.minus(grace).toNanos();
  }

  /** Looks at nothing, for what gives way to nobody. */
  public static Throttle none(PostgresServer server, String why) {
    Throttle none = new Throttle(server, new Progress());
    none.unmeasured = why;
    return none;
  }

  /**
   * Begins to look. What the p95 was before is noted in the launch's folder: in a second attempt
   * the service may still suffer from the first.
   *
   * @param connection to the live server; only asked where it leads
   */
  public static Throttle begin(
      PostgresServer server,
      Connection connection,
      LaunchFolder folder,
      ServiceLatency latency,
      Progress progress)
      throws SQLException, IOException {
    BackupSpec spec = server.spec().backup();
    LatencyWatch watch = spec.watch();
    if (watch == null || spec.throttle().when() == ThrottleSpec.When.NEVER) {
      return none(server, watch == null ? "the plan has no query for it" : "the plan wants none");
    }
    Supplier<Measurement> eyes = () -> measured(latency, server.launch(), watch);
    return switch (before(folder, eyes)) {
      case Measurement.Missing(String why) -> none(server, why);
      case Measurement.Value(double value) -> {
        Throttle throttle = new Throttle(server, progress);
        throttle.start(value, eyes, connection, watch.metrics().interval());
        yield throttle;
      }
    };
  }

  /** A backup does not fail because nobody knows how the service does. */
  private static Measurement measured(ServiceLatency latency, LaunchId launch, LatencyWatch watch) {
    try {
      return latency.p95(launch, watch);
    } catch (RuntimeException unanswered) {
      return new Measurement.Missing("asking for it failed: " + unanswered.getMessage());
    }
  }

  private static Measurement before(LaunchFolder folder, Supplier<Measurement> eyes)
      throws IOException {
    Path note = folder.path().resolve(BEFORE);
    if (Files.exists(note)) {
      return new Measurement.Value(Payloads.mapper().readValue(note.toFile(), Double.class));
    }
    Measurement p95 = eyes.get();
    if (p95 instanceof Measurement.Value(double value)) {
      if (value <= 0) {
        return new Measurement.Missing("it was %s s before the backup".formatted(value));
      }
      folder.write(note, Payloads.mapper().writeValueAsBytes(value));
    }
    return p95;
  }

  private void start(
      double before, Supplier<Measurement> eyes, Connection connection, Duration interval)
      throws SQLException, IOException {
    HostSpec found = connection.unwrap(PgConnection.class).getQueryExecutor().getHostSpec();
    host = found;
    relay =
        new Relay(
            new InetSocketAddress(found.getHost(), found.getPort()), server.connectLimit(), pace);
    Governor governor = new Governor(before, server.spec().backup().throttle());
    Regulator eager = new Regulator(before, eyes, governor, pace, progress, System::nanoTime);
    regulator = eager;
    looking = Thread.ofVirtual().name("latency").start(() -> eager.run(interval));
  }

  /** Whether anything may be slowed at all. */
  public boolean isActive() {
    return regulator != null;
  }

  /** The same environment of a tool, but the server is reached at this pace. */
  public Map<String, String> through(Map<String, String> environment) {
    Relay way = relay;
    HostSpec named = host;
    if (way == null || named == null) {
      return environment;
    }
    Map<String, String> slower = new LinkedHashMap<>(environment);
    // The name stays: the server's certificate is checked against it.
    slower.put("PGHOST", named.getHost());
    slower.put("PGHOSTADDR", way.host());
    slower.put("PGPORT", Integer.toString(way.port()));
    return slower;
  }

  /**
   * Waits until so much of the server may be read.
   *
   * @throws RuntimeException permanent, {@code BACKUP_FAILED}, when the plan's time is over
   */
  public void take(long bytes) throws InterruptedException {
    if (!pace.take(bytes, left())) {
      throw FailureType.BACKUP_FAILED.permanent(
          "the backup did not end within %s%s; nothing of the database was changed"
              .formatted(Durations.text(server.spec().backupLimit()), excuse()));
    }
  }

  /** Of the plan's time; never negative. */
  public Duration left() {
    return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
  }

  public Throttled evidence() {
    return regulator == null ? Throttled.unmeasured(unmeasured) : regulator.evidence();
  }

  /** Why it took longer than it might have; empty when it was not slowed. */
  public String excuse() {
    Throttled way = evidence();
    return way.wasSlowed() ? ": it was " + way.sentence() : "";
  }

  @Override
  public void close() {
    if (looking != null) {
      looking.interrupt();
      progress.aside("");
    }
    if (relay != null) {
      relay.close();
    }
  }
}

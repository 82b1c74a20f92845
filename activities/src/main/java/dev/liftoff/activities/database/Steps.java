package dev.liftoff.activities.database;

import dev.liftoff.LaunchId;
import dev.liftoff.activities.Heartbeat;
import dev.liftoff.activities.Secrets;
import dev.liftoff.activities.database.proof.PhysicalCopies;
import dev.liftoff.database.DatabaseSpec;
import io.temporal.client.ActivityCompletionException;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Runs one step after the other: with a heartbeat, and with one sentence for whatever fails. */
record Steps(Secrets secrets, Heartbeat heartbeat, Duration connectLimit, PhysicalCopies copies) {

  /** What a step does with the server, saying how far it is. */
  interface Step<T> {
    T run(PostgresServer server, Progress progress) throws Exception;
  }

  /** The same, with nothing to answer. */
  interface Deed {
    void run(PostgresServer server, Progress progress) throws Exception;
  }

  <T> T run(LaunchId launch, DatabaseSpec spec, Step<T> step) {
    return run(launch, spec, step, null);
  }

  void carryOut(LaunchId launch, DatabaseSpec spec, Deed deed) {
    Step<String> step =
        (server, progress) -> {
          deed.run(server, progress);
          return "done";
        };
    var _ = run(launch, spec, step);
  }

  /** For what reads often, and neither renames nor copies a database. */
  <T> T reading(LaunchId launch, DatabaseSpec spec, Step<T> step) {
    return run(launch, spec, reusing(step), null);
  }

  /** The same for a migration: what it runs is cancelled in the server when the step is. */
  <T> T migrating(LaunchId launch, DatabaseSpec spec, Step<T> step) {
    return run(launch, spec, reusing(step), Purpose.MIGRATION);
  }

  private static <T> Step<T> reusing(Step<T> step) {
    return (server, progress) -> {
      try (PostgresServer reader = server.reusing()) {
        return step.run(reader, progress);
      }
    };
  }

  /** Whatever goes wrong below leaves here as one sentence without secrets. */
  private <T> T run(
      LaunchId launch, DatabaseSpec spec, Step<T> step, @Nullable Purpose cancelFirst) {
    try {
      PostgresServer server = new PostgresServer(launch, spec, secrets, connectLimit);
      Progress progress = new Progress();
      Callable<T> work = () -> step.run(server, progress);
      return cancelFirst == null
          ? heartbeat.during(progress::toString, work)
          : heartbeat.during(progress::toString, work, () -> cancel(server, cancelFirst));
    } catch (ActivityCompletionException abandoned) {
      throw abandoned;
    } catch (RuntimeException failed) {
      throw Sentence.of(failed, spec, secrets);
    }
  }

  /** Also where the copy is, if it is on a server of its own. */
  private void cancel(PostgresServer server, Purpose purpose) {
    server.cancelQueries(purpose);
    copies.running(server).ifPresent(copy -> copy.cancelQueries(purpose));
  }
}

package dev.liftoff.activities.database.migration;

import dev.liftoff.FailureType;
import dev.liftoff.LaunchId;
import java.net.InetAddress;
import java.util.Optional;

/** Where there is no container engine, a command cannot migrate. */
final class NoEngine implements OneOff {
  @Override
  public Ended run(Order order) {
    throw refused();
  }

  @Override
  public void discard(LaunchId launch, String name) {
    // Nothing has ever run.
  }

  @Override
  public Optional<InetAddress> hostIn(String network) {
    throw refused();
  }

  @Override
  public Optional<String> address(Order order) {
    return Optional.empty();
  }

  private static RuntimeException refused() {
    return FailureType.MIGRATION_FAILED.permanent(
        "database.migration.command needs a container engine, and this worker has none; choose docker below liftoff.containers in its settings");
  }
}

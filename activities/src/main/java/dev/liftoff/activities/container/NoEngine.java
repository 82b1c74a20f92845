package dev.liftoff.activities.container;

import dev.liftoff.FailureType;
import dev.liftoff.LaunchId;
import java.net.InetAddress;
import java.util.Optional;

/** Where there is no container engine, no program runs in a container. */
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
        "a command in a container needs a container engine, and this worker has none; choose docker below liftoff.containers in its settings");
  }
}

package dev.liftoff.activities.database.migration;

import dev.liftoff.LaunchId;
import dev.liftoff.activities.container.OneOff;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs one-offs as processes of this host. */
final class HostProcess implements OneOff {
  final List<String> discarded = new ArrayList<>();

  @Override
  public Ended run(Order order) throws InterruptedException {
    try {
      ProcessBuilder builder = new ProcessBuilder(order.command()).redirectErrorStream(true);
      builder.environment().putAll(order.environment());
      Process process = builder.start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      for (String secret : order.secretVariables()) {
        said = said.replace(order.environment().get(secret), "***");
      }
      return new Ended(process.waitFor(), true, said.lines().toList());
    } catch (IOException unexpected) {
      throw new UncheckedIOException(unexpected);
    }
  }

  @Override
  public void discard(LaunchId launch, String name) {
    discarded.add(name);
  }

  @Override
  public Optional<InetAddress> hostIn(String network) {
    return Optional.of(InetAddress.getLoopbackAddress());
  }

  @Override
  public Optional<String> address(Order order) {
    return Optional.of(InetAddress.getLoopbackAddress().getHostAddress());
  }
}

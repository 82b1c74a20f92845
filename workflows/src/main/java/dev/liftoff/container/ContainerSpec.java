package dev.liftoff.container;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How the candidate runs.
 *
 * @param port the port it listens on inside the network
 * @param network the engine's network that holds both slots and the proxy
 * @param addresses the fixed address of each slot in that network, so that the proxy's
 *     configuration never changes
 * @param environment variables; a value {@code env:NAME} or {@code file:/path} is a secret
 *     reference, resolved when the container is made
 * @param mounts read-only binds, host path to container path
 * @param memoryBytes memory limit; 0 for none
 * @param cpus processor limit; 0 for none
 * @param healthCommand the HEALTHCHECK recorded in the container, run by the engine's shell form;
 *     empty for the image's own
 * @param readyPath path that answers 200 when it can serve; the only sign of readiness that counts
 * @param startLimit how long it may take until the first 200
 * @param stopLimit how long a stop may drain after SIGTERM before the engine kills it
 * @param errorPatterns regular expressions that must not occur in its logs
 */
public record ContainerSpec(
    int port,
    String network,
    Map<Slot, String> addresses,
    Map<String, String> environment,
    Map<String, String> mounts,
    long memoryBytes,
    double cpus,
    List<String> healthCommand,
    String readyPath,
    Duration startLimit,
    Duration stopLimit,
    List<String> errorPatterns) {
  public ContainerSpec {
    addresses = Map.copyOf(addresses);
    environment = new java.util.TreeMap<>(environment);
    mounts = new java.util.TreeMap<>(mounts);
    healthCommand = List.copyOf(healthCommand);
    errorPatterns = List.copyOf(errorPatterns);
  }
}

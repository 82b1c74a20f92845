package dev.liftoff.container;

import dev.liftoff.LaunchId;
import java.net.URI;

/**
 * A container of the service in a slot. Known before it is started, since its name and address
 * follow from service, environment and slot: an undo can be registered before the step runs.
 *
 * @param container its name, such as {@code shop-production-green}
 * @param version the version in it
 * @param address where the host reaches it directly, past the proxy, such as {@code
 *     http://172.31.250.12:8080}
 */
public record Endpoint(Slot slot, String container, String version, URI address) {

  /** The endpoint that a launch uses in this slot. */
  public static Endpoint in(Slot slot, LaunchId launch, ContainerSpec spec) {
    return new Endpoint(
        slot,
        launch.service() + "-" + launch.environment() + "-" + slot.word(),
        launch.version(),
        URI.create("http://" + spec.addresses().get(slot) + ":" + spec.port()));
  }
}

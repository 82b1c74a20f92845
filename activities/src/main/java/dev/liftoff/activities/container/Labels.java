package dev.liftoff.activities.container;

import dev.liftoff.LaunchId;
import dev.liftoff.container.ContainerSpec;
import dev.liftoff.container.Endpoint;
import dev.liftoff.container.Image;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a container of ours carries, so that it is known again and nothing else is touched. */
final class Labels {
  static final String SERVICE = "dev.liftoff.service";
  static final String ENVIRONMENT = "dev.liftoff.environment";
  static final String SLOT = "dev.liftoff.slot";
  static final String VERSION = "dev.liftoff.version";
  static final String LAUNCH = "dev.liftoff.launch";
  static final String IMAGE = "dev.liftoff.image";
  static final String ADDRESS = "dev.liftoff.address";

  /** The launch that tries it; a container under trial has no other label by which it is found. */
  static final String TRIAL = "dev.liftoff.trial";

  /** Names, never values, of the variables that hold secrets: another worker must mask them too. */
  static final String SECRETS = "dev.liftoff.secrets";

  private Labels() {}

  static Map<String, String> of(
      LaunchId launch, Endpoint endpoint, Image image, ContainerSpec spec) {
    Map<String, String> labels = new LinkedHashMap<>(ofPlace(launch));
    labels.put(SLOT, endpoint.slot().word());
    labels.put(VERSION, endpoint.version());
    labels.put(LAUNCH, launch.toString());
    labels.put(IMAGE, image.toString());
    labels.put(ADDRESS, endpoint.address().toString());
    labels.put(SECRETS, String.join(",", EnvironmentVariables.secretNames(spec)));
    return labels;
  }

  /** The labels that all launches of the service in the environment share. */
  static Map<String, String> ofPlace(LaunchId launch) {
    return Map.of(SERVICE, launch.service(), ENVIRONMENT, launch.environment());
  }
}

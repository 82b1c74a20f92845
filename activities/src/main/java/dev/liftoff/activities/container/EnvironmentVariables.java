package dev.liftoff.activities.container;

import dev.liftoff.SecretReference;
import dev.liftoff.activities.Secrets;
import dev.liftoff.container.ContainerSpec;
import java.util.List;
import java.util.Map;

/** The variables of a container; those that are references to secrets are resolved on the way. */
final class EnvironmentVariables {
  private EnvironmentVariables() {}

  static List<String> resolved(ContainerSpec spec, Secrets secrets) {
    return spec.environment().entrySet().stream()
        .map(each -> each.getKey() + "=" + value(each.getValue(), secrets))
        .toList();
  }

  static List<String> secretNames(ContainerSpec spec) {
    return spec.environment().entrySet().stream()
        .filter(each -> SecretReference.isReference(each.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static String value(String text, Secrets secrets) {
    return SecretReference.isReference(text) ? secrets.resolve(new SecretReference(text)) : text;
  }
}

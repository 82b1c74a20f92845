package dev.liftoff.activities.container;

import dev.liftoff.activities.Secrets;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Takes secrets out of what a container says: those of this worker and those it was started with.
 */
final class Masking {
  /** A shorter line of a secret with several lines is too common a text to be masked alone. */
  private static final int SHORTEST_LINE = 8;

  private final Secrets secrets;
  private final List<String> values;

  Masking(Secrets secrets, Found container) {
    this.secrets = secrets;
    this.values =
        container.secretValues().stream()
            .flatMap(Masking::parts)
            .filter(each -> !each.isBlank())
            .distinct()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
  }

  String mask(String text) {
    return secrets.mask(
        values.stream().reduce(text, (masked, value) -> masked.replace(value, "***")));
  }

  private static Stream<String> parts(String secret) {
    return Stream.concat(
        Stream.of(secret), secret.lines().filter(line -> line.length() >= SHORTEST_LINE));
  }
}

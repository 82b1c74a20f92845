package dev.liftoff.worker;

import java.util.List;

/**
 * The worker's settings cannot be used; every problem is one sentence with the property and the
 * fix.
 */
final class InvalidSettings extends RuntimeException {
  private final List<String> problems;

  InvalidSettings(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  List<String> problems() {
    return problems;
  }
}

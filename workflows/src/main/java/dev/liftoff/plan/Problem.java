package dev.liftoff.plan;

/**
 * Something wrong with a plan.
 *
 * @param path where, such as {@code traffic.steps[1].weight}; empty for the document as a whole
 * @param message what, with the value and the fix
 */
public record Problem(String path, String message) {
  @Override
  public String toString() {
    return (path.isEmpty() ? "plan" : path) + ": " + message;
  }
}

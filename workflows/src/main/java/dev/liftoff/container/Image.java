package dev.liftoff.container;

/**
 * An image that the engine has, pinned: {@code id} is the engine's content address ({@code
 * sha256:…}), which cannot move, and is what a container is started from; {@code reference} is what
 * the plan called it.
 */
public record Image(String reference, String id) {
  @Override
  public String toString() {
    return reference + "@" + id;
  }
}

package dev.liftoff.container;

import org.jspecify.annotations.Nullable;

/**
 * The image that a plan asks for: a reference as people type it, and the digest it must have where
 * the plan binds one ({@code sha256:} and 64 hex digits). A reference whose digest differs is
 * refused: the tag has moved.
 */
public record ImageReference(String reference, @Nullable String digest) {
  public ImageReference {
    if (reference.isBlank() || reference.chars().anyMatch(Character::isWhitespace)) {
      throw new IllegalArgumentException(
          "must name an image such as registry/shop:v2, was '" + reference + "'");
    }
    if (digest != null && !digest.matches("sha256:[0-9a-f]{64}")) {
      throw new IllegalArgumentException("must be sha256: and 64 hex digits, was " + digest);
    }
  }
}

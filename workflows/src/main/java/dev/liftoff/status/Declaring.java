package dev.liftoff.status;

import dev.liftoff.Milestone;
import org.jspecify.annotations.Nullable;

/** What an answer at a review means, in words that every view shows. */
public final class Declaring {
  private Declaring() {}

  /** Null at a gate that is no review. */
  public static @Nullable String go(Milestone gate, String version) {
    return switch (gate) {
      case REVIEW_24H ->
          "go: "
              + version
              + " is stable so far; the guard and the way back stay until the review of two days";
      case REVIEW_48H ->
          "go: declares "
              + version
              + " stable; the old version, its baseline, is removed now, and there is no way back after it";
      default -> null;
    };
  }

  /** The other answers at a review. */
  public static String others(String left) {
    return "no-go: traffic goes back; extend: another checkpoint, and the same question there (up to "
        + left
        + " more)";
  }
}

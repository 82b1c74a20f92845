package dev.liftoff.simulation;

import dev.liftoff.container.Image;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** An image that follows from its name, so that it is the same in every simulated world. */
final class SimulatedImage {
  private SimulatedImage() {}

  static Image of(String reference) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(reference.getBytes(StandardCharsets.UTF_8));
      return new Image(reference, "sha256:" + HexFormat.of().formatHex(hash));
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError("every Java platform has SHA-256", impossible);
    }
  }
}

package dev.liftoff.activities;

import dev.liftoff.FailureType;
import dev.liftoff.SecretReference;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The one place where a secret is read. It remembers every value it gave out, so that {@link #mask}
 * can take them out of whatever a tool or a driver has to say. One instance serves the whole
 * worker.
 */
public final class Secrets {
  private static final int LONGEST = 64 * 1024;

  private final Map<String, String> environment;
  private final Set<String> resolved = ConcurrentHashMap.newKeySet();

  public Secrets(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  public static Secrets ofProcess() {
    return new Secrets(System.getenv());
  }

  /**
   * The secret itself. Unreadable or empty is permanent, {@code SECRET_UNREADABLE}, and names the
   * reference only.
   */
  public String resolve(SecretReference reference) {
    String text = reference.text();
    String value =
        text.startsWith("env:")
            ? fromEnvironment(text.substring("env:".length()))
            : fromFile(Path.of(text.substring("file:".length())));
    if (value.isBlank()) {
      throw unreadable(reference + " is empty; put the secret there");
    }
    resolved.add(value);
    return value;
  }

  /** The text with every secret that was resolved so far replaced by three asterisks. */
  public String mask(String text) {
    // Longest first: a secret that contains another one must not leave its rest behind.
    return resolved.stream()
        .sorted(Comparator.comparingInt(String::length).reversed())
        .reduce(text, (masked, secret) -> masked.replace(secret, "***"));
  }

  private String fromEnvironment(String name) {
    String value = environment.get(name);
    if (value == null) {
      throw unreadable("env:" + name + " is not set; set it in the environment of the worker");
    }
    return value;
  }

  private static String fromFile(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(LONGEST + 1);
      if (bytes.length > LONGEST) {
        throw unreadable(
            "file:" + file + " has more than 64 KiB; name a file that holds only the secret");
      }
      return withoutTrailingNewline(new String(bytes, StandardCharsets.UTF_8));
    } catch (NoSuchFileException absent) {
      throw unreadable("file:" + file + " does not exist on the worker's host; create it");
    } catch (IOException refused) {
      throw unreadable("file:" + file + " cannot be read by the worker; give it read permission");
    }
  }

  private static String withoutTrailingNewline(String text) {
    String line = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
  }

  private static ApplicationFailure unreadable(String sentence) {
    return FailureType.SECRET_UNREADABLE.permanent("the secret " + sentence);
  }
}

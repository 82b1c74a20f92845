package dev.liftoff;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * One launch, unique for ever: {@code service/environment/version/run}. The first two name the
 * place that can hold only one launch at a time, the last tells a second try of the same version
 * from the first. Every port takes it first: it is the idempotency key of all that the launch does
 * outside.
 */
public record LaunchId(String service, String environment, String version, String run) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,62}");

  public LaunchId {
    requireName("service", service);
    requireName("environment", environment);
    requireName("version", version);
    requireName("run", run);
  }

  /**
   * Reads the form that {@link #toString} writes.
   *
   * @throws IllegalArgumentException when it has not four parts or one of them is no name
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static LaunchId parse(String text) {
    String[] parts = text.split("/", -1);
    if (parts.length != 4) {
      throw new IllegalArgumentException("must be service/environment/version/run, was " + text);
    }
    return new LaunchId(parts[0], parts[1], parts[2], parts[3]);
  }

  /**
   * True for what may name a service, an environment or a version: it also names containers,
   * folders and labels.
   */
  public static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  /**
   * The id of the workflow that runs the launches of this service in this environment, one at a
   * time.
   */
  public static String workflowId(String service, String environment) {
    return "launch/" + service + "/" + environment;
  }

  /** A form without slashes, for folders and database names. */
  public String asFileName() {
    return service + "-" + environment + "-" + version + "-" + run;
  }

  @JsonValue
  @Override
  public String toString() {
    return service + "/" + environment + "/" + version + "/" + run;
  }

  private static void requireName(String part, String text) {
    if (!isName(text)) {
      throw new IllegalArgumentException(
          part
              + " must be 1 to 63 letters, digits, '.', '_' or '-', starting with a letter or digit, was '"
              + text
              + "'");
    }
  }
}

package dev.liftoff.starter;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

/** The launch that a verb is about. */
final class LaunchArgument {
  @Parameters(
      arity = "0..1",
      paramLabel = "LAUNCH",
      description = "SERVICE/ENVIRONMENT, or a launch id (default: the only one that runs)")
  @Nullable String text;

  /** Asks Temporal only when no name was given. */
  LaunchName name(Session session) {
    return given(session, text);
  }

  static LaunchName given(Session session, @Nullable String text) {
    if (text != null) {
      return LaunchName.parse(text);
    }
    try (Temporal temporal = session.connect()) {
      return temporal.onlyRunning();
    }
  }
}

package dev.liftoff.probe;

import dev.liftoff.LaunchId;
import dev.liftoff.container.Endpoint;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the words in braces of a check stand for: {@code {candidate}} and {@code {baseline}} for the
 * address of that container, {@code {candidate.slot}} and {@code {baseline.slot}} for its slot,
 * {@code {launch}} for the launch, in its form without slashes. Other braces, such as those of a
 * JSON body, are left alone.
 */
public record Placeholders(LaunchId launch, Targets targets) {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z][a-z.]*)}");

  /**
   * The text with everything in braces replaced.
   *
   * @throws IllegalArgumentException when a word is unknown or there is no such container
   */
  public String fill(String text) {
    return PLACEHOLDER.matcher(text).replaceAll(match -> Matcher.quoteReplacement(valueOf(match)));
  }

  private String valueOf(MatchResult match) {
    return switch (match.group(1)) {
      case "candidate" -> target("candidate", targets.candidate()).address().toString();
      case "baseline" -> target("baseline", targets.baseline()).address().toString();
      case "candidate.slot" -> target("candidate", targets.candidate()).slot().word();
      case "baseline.slot" -> target("baseline", targets.baseline()).slot().word();
      case "launch" -> launch.asFileName();
      default ->
          throw new IllegalArgumentException(
              "%s is no placeholder; there are {candidate}, {baseline}, {candidate.slot}, {baseline.slot}, {launch}"
                  .formatted(match.group()));
    };
  }

  private static Endpoint target(String which, @Nullable Endpoint endpoint) {
    if (endpoint == null) {
      throw new IllegalArgumentException("there is no " + which + " to ask");
    }
    return endpoint;
  }
}

package dev.liftoff.activities.database.rescue;

import dev.liftoff.LaunchId;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The comment of a database that was live until its twin took its place.
 *
 * @param name what it is called since
 * @param database what it was called while it was live
 * @param launch that put it aside
 * @param server on which it was written
 * @param removeAfter when it may go; null until the commander gave it up
 */
record KeptLabel(
    String name, String database, LaunchId launch, String server, @Nullable Instant removeAfter) {
  private static final Pattern FORM =
      Pattern.compile(
          "what (.+) was until it was put back by the launch (\\S+) on the server (\\S+); (?:keep it|given up, remove it after (\\S+))");

  String text() {
    return "what %s was until it was put back by the launch %s on the server %s; %s"
        .formatted(
            database,
            launch,
            server,
            removeAfter == null ? "keep it" : "given up, remove it after " + removeAfter);
  }

  /** Empty for every other comment. */
  static Optional<KeptLabel> read(String name, @Nullable String comment) {
    Matcher form = FORM.matcher(comment == null ? "" : comment);
    if (!form.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new KeptLabel(
              name,
              form.group(1),
              LaunchId.parse(form.group(2)),
              form.group(3),
              form.group(4) == null ? null : Instant.parse(form.group(4))));
    } catch (IllegalArgumentException | DateTimeException ofSomebodyElse) {
      return Optional.empty();
    }
  }

  KeptLabel givenUp(Instant until) {
    return new KeptLabel(name, database, launch, server, until);
  }

  boolean isOver(Instant now) {
    return removeAfter != null && removeAfter.isBefore(now);
  }

  String sentence() {
    return "database %s, what %s was until the launch %s put it back; %s"
        .formatted(
            name,
            database,
            launch,
            removeAfter == null
                ? "it stays until the commander gives it up with discard"
                : "given up, it goes after " + removeAfter);
  }
}

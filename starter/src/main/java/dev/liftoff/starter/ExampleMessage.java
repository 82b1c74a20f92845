package dev.liftoff.starter;

import dev.liftoff.LaunchId;
import dev.liftoff.Milestone;
import dev.liftoff.notify.Announcement;
import dev.liftoff.notify.ChannelKind;
import dev.liftoff.notify.form.Sending;
import dev.liftoff.plan.LaunchPlan;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A message that a launch would tell.
 *
 * @param label when, such as {@code T-15m}, or {@code any time}
 * @param milestone null where it can come at any time
 */
record ExampleMessage(
    String label,
    @Nullable Milestone milestone,
    Announcement announcement,
    Set<ChannelKind> kinds) {

  static final String RUN = "example";

  /** Nothing is sent: no limit is ever reached. */
  private static final Duration LIMIT = Duration.ofSeconds(1);

  /** By the label as people write it, or by the milestone's word. */
  boolean isAt(@Nullable String typed) {
    if (typed == null) {
      return true;
    }
    String wanted = plain(typed);
    return wanted.equals(plain(label)) || (milestone != null && wanted.equals(milestone.word()));
  }

  Sending sending(LaunchPlan plan) {
    return new Sending(
        new LaunchId(plan.service(), plan.environment(), plan.version(), RUN),
        announcement,
        LIMIT,
        false);
  }

  /** {@code T-15} is {@code T-15m}. */
  private static String plain(String label) {
    String lower = label.toLowerCase(Locale.ROOT).strip();
    return lower.startsWith("t") ? lower.replaceAll("(\\d)m$", "$1") : lower;
  }
}

package dev.liftoff.control;

import static dev.liftoff.Refusals.duration;
import static dev.liftoff.Refusals.firstOf;
import static dev.liftoff.Refusals.when;

import dev.liftoff.gate.Command;
import dev.liftoff.plan.Durations;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** More time that people give to the step that soaks. */
public final class Extension {
  /** The runbook's pause: thirty minutes more. */
  private static final Duration USUAL = Duration.ofMinutes(30);

  private static final Duration LEAST = Duration.ofMinutes(1);
  private static final Duration MOST = Duration.ofDays(7);

  private @Nullable Soaking soaking;

  /** What can be given more time. */
  public interface Soaking {
    /** Says in words what it now does. */
    String extend(Duration more, String who);
  }

  /** This one is on now; null when none is. */
  public void of(@Nullable Soaking now) {
    soaking = now;
  }

  Optional<String> refusal(Command command) {
    return firstOf(
        when(
            soaking == null,
            "nothing is soaking, and no review asks: extend gives more time to a step that soaks,"
                + " or another checkpoint to a review"),
        duration(command.duration(), LEAST, MOST));
  }

  /** After {@link #refusal} found nothing. */
  String take(Command command, String who) {
    if (soaking == null) {
      throw new IllegalStateException("nothing is soaking");
    }
    String typed = command.duration();
    return soaking.extend(typed == null ? USUAL : Durations.parse(typed), who);
  }
}

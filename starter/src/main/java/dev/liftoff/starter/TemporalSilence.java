package dev.liftoff.starter;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Temporal that does not answer: told at once, again from time to time, and borne for so long. */
final class TemporalSilence {
  /** Longer than an upgrade of Temporal takes. */
  static final Duration LIMIT = Duration.ofMinutes(10);

  /** In a log it must be seen, and must not fill it. */
  static final Duration REMINDER = Duration.ofSeconds(30);

  private final Session session;
  private final Duration limit;
  private @Nullable Instant since;
  private Instant reminder = Instant.MIN;

  TemporalSilence(Session session, Duration limit) {
    this.session = session;
    this.limit = limit;
  }

  /**
   * It did not answer what was asked at that moment.
   *
   * @throws CommandFailure when it has been silent for the limit
   */
  void notHeard(Instant asked) {
    Instant began = since == null ? asked : since;
    since = began;
    Instant now = session.now();
    Duration lasting = Duration.between(began, now);
    if (lasting.compareTo(limit) >= 0) {
      throw new CommandFailure(
          ExitCode.UNREACHABLE,
          sentence(lasting) + " This screen gives up.",
          "Start it (deploy/temporal/start), or see why; then watch again. Longer: --give-up");
    }
    if (!now.isBefore(reminder)) {
      reminder = now.plus(REMINDER);
      session.say(
          "%s %s Trying until %s."
              .formatted(Times.second(now), sentence(lasting), Times.second(began.plus(limit))));
    }
  }

  void heard() {
    if (since != null) {
      session.say(
          "%s Temporal answers again, after %s."
              .formatted(
                  Times.second(session.now()),
                  Times.rounded(Duration.between(since, session.now()))));
      since = null;
      reminder = Instant.MIN;
    }
  }

  /** Whether Temporal or the way to it is down cannot be seen from here. */
  private String sentence(Duration lasting) {
    return "Temporal at %s does not answer since %d s; the launch goes on without this screen."
        .formatted(session.address(), lasting.toSeconds());
  }
}

package dev.liftoff.activities.notify;

import java.io.IOException;
import java.time.Duration;

/**
 * Whether a channel would take a message.
 *
 * @param words what it said, or why it was not asked; no secret
 */
public record Standing(State state, String words) {
  /** Would take it, would not, or nobody knows. */
  public enum State {
    READY,
    REFUSED,
    UNKNOWN
  }

  static Standing ready(String words) {
    return new Standing(State.READY, words);
  }

  static Standing unknown(String words) {
    return new Standing(State.UNKNOWN, words);
  }

  /** Asks the channel, and tells a refusal from a silence. */
  public static Standing of(Channel channel, Duration limit) {
    try {
      return channel.standing(limit);
    } catch (NotSent refused) {
      return new Standing(State.REFUSED, String.valueOf(refused.getMessage()));
    } catch (IOException silent) {
      return unknown("does not answer: " + silent.getMessage());
    } catch (RuntimeException broken) {
      return unknown("could not be asked: " + words(broken));
    }
  }

  private static String words(RuntimeException broken) {
    return broken instanceof io.temporal.failure.ApplicationFailure known
        ? String.valueOf(known.getOriginalMessage())
        : String.valueOf(broken.getMessage());
  }
}

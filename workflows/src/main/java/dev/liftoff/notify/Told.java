package dev.liftoff.notify;

import org.jspecify.annotations.Nullable;

/**
 * What became of a message on one channel: the entry of the delivery ledger.
 *
 * @param channel its name
 * @param note why it was not sent, or what is not certain; empty when there is nothing to say
 * @param again whether another try may help
 * @param reference what the channel calls what it made, such as a Slack timestamp; null when
 *     nothing
 */
public record Told(
    String channel, State state, String note, boolean again, @Nullable String reference) {
  /** Stands for all channels where not even their names came back. */
  public static final String EVERY = "every channel";

  /** The worker's own log. */
  public static final String LOG = "log";

  /** How a delivery can stand. */
  public enum State {
    /** To be tried again. */
    PLANNED,
    SENT,
    /** Not sent, and trying again would not help. */
    FAILED,
    /** Too late, or told with a later message. */
    EXPIRED,
    /** Sent, perhaps twice; with {@code again} perhaps not at all. The channel cannot know. */
    AMBIGUOUS
  }

  public static Told sent(String channel, @Nullable String reference) {
    return new Told(channel, State.SENT, "", false, reference);
  }

  public static Told ambiguous(String channel, String note, @Nullable String reference) {
    return new Told(channel, State.AMBIGUOUS, note, false, reference);
  }

  /** No answer came: it may have been told, and is told again. */
  public static Told doubtful(String channel, String note) {
    return new Told(channel, State.AMBIGUOUS, note, true, null);
  }

  public static Told failed(String channel, String note, boolean again) {
    return new Told(channel, State.FAILED, note, again, null);
  }

  /** The worker's own log is read by nobody in time. */
  public boolean reachedPeople() {
    return !channel.equals(LOG) && (state == State.SENT || (state == State.AMBIGUOUS && !again));
  }

  /** One line for people: {@code sent}, {@code not sent: …}, {@code ambiguous: …}. */
  String line() {
    return switch (state) {
      case SENT -> Delivery.SENT;
      case AMBIGUOUS -> "ambiguous: " + note;
      case PLANNED, FAILED, EXPIRED -> "not sent: " + note;
    };
  }
}

package dev.liftoff.notify;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.liftoff.Word;

/**
 * What became of a test message.
 *
 * @param channel the channel's name; empty where the worker has none of this kind
 * @param note why it was not sent, or what is not certain; empty when there is nothing to say
 */
public record TestedChannel(ChannelKind kind, String channel, Told.State state, String note) {

  /** Whether people would hear of a launch there. */
  @JsonIgnore
  public boolean isSent() {
    return state == Told.State.SENT;
  }

  /** Such as {@code slack (slack-posts): sent}. */
  public String sentence() {
    return "%s%s: %s%s"
        .formatted(
            kind,
            channel.isEmpty() || channel.equals(kind.word()) ? "" : " (" + channel + ")",
            Word.of(state),
            note.isEmpty() ? "" : ": " + note);
  }
}

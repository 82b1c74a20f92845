package dev.liftoff.notify;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was not told in this launch: because people muted a kind of channel, or because a channel
 * did not take it.
 *
 * @param muted every mute of this launch, oldest first, also those that are over
 * @param untold what {@code resend} can tell again, oldest first on each channel
 */
public record Backlog(List<Muted> muted, List<Untold> untold) {
  public static final Backlog NONE = new Backlog(List.of(), List.of());

  /**
   * A kind of channel that people muted.
   *
   * @param until when it ends by itself; null for the end of the launch
   * @param ended when it did; null while it is on
   * @param messages what was not told meanwhile, as people call it
   */
  public record Muted(
      ChannelKind channel,
      String by,
      String reason,
      Instant since,
      @Nullable Instant until,
      @Nullable Instant ended,
      List<String> messages) {
    public Muted {
      messages = List.copyOf(messages);
    }

    @JsonIgnore
    public boolean isOn() {
      return ended == null;
    }

    /**
     * Such as {@code slack is muted by cara until 2026-11-20T14:30:00Z (noise): not told T+15m}.
     */
    public String sentence() {
      String time =
          ended != null
              ? "was muted by %s until %s".formatted(by, second(ended))
              : until != null
                  ? "is muted by %s until %s".formatted(by, second(until))
                  : "is muted by %s until the launch ends".formatted(by);
      return "%s %s (%s): %s"
          .formatted(
              channel,
              time,
              reason,
              messages.isEmpty()
                  ? "no message was held back"
                  : "held back " + String.join(", ", messages));
    }

    private static String second(Instant at) {
      return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }
  }

  /**
   * A message that a channel did not simply take.
   *
   * @param message its name for {@code resend}: the last part of its key
   * @param channel the channel's name
   */
  public record Untold(String message, String channel, Told.State state, String title) {

    /** Such as {@code 7-validation-15m-validated on slack: failed}. */
    public String sentence() {
      return "%s on %s: %s".formatted(message, channel, dev.liftoff.Word.of(state));
    }
  }

  public Backlog {
    muted = List.copyOf(muted);
    untold = List.copyOf(untold);
  }
}

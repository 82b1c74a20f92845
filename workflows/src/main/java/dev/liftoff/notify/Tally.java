package dev.liftoff.notify;

import org.jspecify.annotations.Nullable;

/**
 * How the messages of a launch stand on one channel.
 *
 * @param planned to be tried again
 * @param expired given up because it was too late, or told with a later one
 * @param ambiguous sent, but the channel cannot know whether twice
 * @param trouble the last one that was not simply sent, with its reason; null when there was none
 */
public record Tally(
    String channel,
    int planned,
    int sent,
    int failed,
    int expired,
    int ambiguous,
    @Nullable String trouble) {

  /** Such as {@code slack: 5 sent, 1 failed (T+15m: answered 404)}. */
  public String sentence() {
    StringBuilder text = new StringBuilder(channel + ": " + sent + " sent");
    add(text, planned, "waiting");
    add(text, failed, "failed");
    add(text, expired, "expired");
    add(text, ambiguous, "ambiguous");
    return trouble == null ? text.toString() : text + " (" + trouble + ")";
  }

  private static void add(StringBuilder text, int count, String word) {
    if (count > 0) {
      text.append(", ").append(count).append(' ').append(word);
    }
  }
}

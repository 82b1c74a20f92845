package dev.liftoff.activities.notify;

import dev.liftoff.SecretReference;
import dev.liftoff.activities.Secrets;
import java.net.URI;
import java.util.List;

/** A Slack app with a token of its own: it can look for what it has posted, and edit it. */
public final class SlackBot {

  /**
   * Where it writes. The token needs {@code chat:write}, and {@code channels:history} to find out
   * whether a message whose answer was lost is there.
   *
   * @param api such as {@code https://slack.com/api}
   * @param token the app's bot token
   * @param channel the channel's id, such as {@code C024BE91L}
   */
  public record Settings(URI api, SecretReference token, String channel) {}

  private SlackBot() {}

  /** Short posts that people are notified of, and the card that is edited. */
  public static List<Channel> channels(Settings settings, Secrets secrets) {
    SlackApi api = new SlackApi(settings, secrets);
    return List.of(new SlackPosts(api), new SlackCard(api));
  }
}

package dev.liftoff.activities.notify;

import dev.liftoff.notify.ChannelKind;
import dev.liftoff.notify.Told;
import dev.liftoff.notify.form.Sending;
import dev.liftoff.notify.form.SlackMessage;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * One short post for each message. What may be there already is looked for before it is repeated.
 */
final class SlackPosts implements Channel {
  private static final String NAME = "slack-posts";

  private final SlackApi api;

  SlackPosts(SlackApi api) {
    this.api = api;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public ChannelKind kind() {
    return ChannelKind.SLACK;
  }

  @Override
  public Standing standing(Duration limit) throws NotSent, IOException {
    return Standing.ready("is " + api.whoAmI(limit));
  }

  @Override
  public Told send(Sending sending) throws NotSent, InterruptedException {
    return Trying.within(sending, NAME, (doubtful, left) -> tell(sending, doubtful, left));
  }

  private Told tell(Sending sending, boolean doubtful, Duration left) throws NotSent, IOException {
    String key = sending.key(NAME);
    if (!doubtful) {
      return Told.sent(NAME, api.post(SlackMessage.of(sending, NAME, false), key, left));
    }
    Optional<String> there;
    try {
      there = api.find(key, sending.moment(), left);
    } catch (NotSent blind) {
      if (!SlackApi.isBlind(blind)) {
        throw blind;
      }
      String repeat = api.post(SlackMessage.of(sending, NAME, true), key, left);
      return Told.ambiguous(
          NAME,
          "told again as a repeat, the channel cannot be read: " + blind.getMessage(),
          repeat);
    }
    return Told.sent(
        NAME,
        there.isPresent()
            ? there.get()
            : api.post(SlackMessage.of(sending, NAME, false), key, left));
  }
}

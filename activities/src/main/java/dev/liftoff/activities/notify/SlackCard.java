package dev.liftoff.activities.notify;

import dev.liftoff.notify.ChannelKind;
import dev.liftoff.notify.Told;
import dev.liftoff.notify.form.Sending;
import dev.liftoff.notify.form.SlackMessage;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** One card for each launch, posted once and then edited, which may be repeated at will. */
final class SlackCard implements Channel {
  private static final String NAME = "slack-card";

  private final SlackApi api;

  SlackCard(SlackApi api) {
    this.api = api;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public ChannelKind kind() {
    return ChannelKind.CARD;
  }

  @Override
  public Standing standing(Duration limit) throws NotSent, IOException {
    return Standing.ready("is " + api.whoAmI(limit));
  }

  @Override
  public Told send(Sending sending) throws NotSent, InterruptedException {
    return Trying.within(sending, NAME, (_, left) -> show(sending, left));
  }

  private Told show(Sending sending, Duration left) throws NotSent, IOException {
    SlackMessage card = SlackMessage.card(sending, NAME);
    String key = sending.launch() + "/" + NAME;
    Optional<String> known = sending.reference(NAME);
    Optional<String> there = known.isPresent() ? known : existing(key, left);
    if (there.isEmpty()) {
      return Told.sent(NAME, api.post(card, key, left));
    }
    api.update(there.get(), card, left);
    return Told.sent(NAME, there.get());
  }

  /** The answer to the first post may have been lost, in this attempt or in an earlier message. */
  private Optional<String> existing(String key, Duration left) throws NotSent, IOException {
    try {
      return api.find(key, Instant.EPOCH.plus(Duration.ofDays(1)), left);
    } catch (NotSent blind) {
      if (!SlackApi.isBlind(blind)) {
        throw blind;
      }
      return Optional.empty();
    }
  }
}

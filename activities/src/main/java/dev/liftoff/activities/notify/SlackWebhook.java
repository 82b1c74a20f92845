package dev.liftoff.activities.notify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.liftoff.SecretReference;
import dev.liftoff.activities.Secrets;
import dev.liftoff.notify.ChannelKind;
import dev.liftoff.notify.Told;
import dev.liftoff.notify.form.Sending;
import dev.liftoff.notify.form.SlackMessage;
import java.io.IOException;
import java.time.Duration;
import okhttp3.HttpUrl;

/**
 * A Slack channel, or one of a product that takes the same webhook. It names nothing that it has
 * posted, so that a lost answer is followed by a repeat that says so.
 */
public final class SlackWebhook implements Channel {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /**
   * Where it is.
   *
   * @param name its name in a delivery
   * @param url the webhook; whoever knows it can write into the channel, so it is a secret
   */
  public record Settings(String name, SecretReference url) {}

  private final Settings settings;
  private final Secrets secrets;
  private final HttpService http = new HttpService();

  public SlackWebhook(Settings settings, Secrets secrets) {
    this.settings = settings;
    this.secrets = secrets;
  }

  @Override
  public String name() {
    return settings.name();
  }

  @Override
  public ChannelKind kind() {
    return ChannelKind.SLACK;
  }

  @Override
  public Told send(Sending sending) throws NotSent, InterruptedException {
    HttpUrl url = HttpUrl.parse(secrets.resolve(settings.url()));
    if (url == null) {
      throw NotSent.ever(settings.url() + " holds no URL");
    }
    return Trying.within(sending, name(), (doubtful, left) -> post(url, sending, doubtful, left));
  }

  private Told post(HttpUrl url, Sending sending, boolean doubtful, Duration left)
      throws NotSent, IOException {
    String message = SlackMessage.of(sending, name(), doubtful).json();
    HttpService.Answer answer = http.call(HttpService.post(url, message), left);
    if (!accepted(answer.body())) {
      throw NotSent.ever("answered " + answer.code() + ", but not ok");
    }
    return doubtful
        ? Told.ambiguous(name(), "told again as a repeat after a lost answer", null)
        : Told.sent(name(), null);
  }

  /** A page of some proxy is 200 too, but nobody reads it in the channel. */
  private static boolean accepted(String answer) {
    if (answer.equalsIgnoreCase("ok")) {
      return true;
    }
    try {
      JsonNode json = MAPPER.readTree(answer);
      return json.path("ok").asBoolean() || json.path("success").asBoolean();
    } catch (JsonProcessingException garbage) {
      return false;
    }
  }
}

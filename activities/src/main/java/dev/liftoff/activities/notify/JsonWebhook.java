package dev.liftoff.activities.notify;

import dev.liftoff.SecretReference;
import dev.liftoff.activities.Secrets;
import dev.liftoff.notify.ChannelKind;
import dev.liftoff.notify.Told;
import dev.liftoff.notify.form.MessageJson;
import dev.liftoff.notify.form.Sending;
import java.io.IOException;
import java.time.Duration;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.RequestBody;

/**
 * The whole message as JSON, for a program of your own. {@code Idempotency-Key} and {@code key} are
 * the same when it is sent again, so that the receiver can know.
 */
public final class JsonWebhook implements Channel {
  private static final String NAME = "webhook";

  /**
   * Where it is.
   *
   * @param url a secret, because it often has a token in it
   */
  public record Settings(SecretReference url) {}

  private final Settings settings;
  private final Secrets secrets;
  private final HttpService http = new HttpService();

  public JsonWebhook(Settings settings, Secrets secrets) {
    this.settings = settings;
    this.secrets = secrets;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public ChannelKind kind() {
    return ChannelKind.WEBHOOK;
  }

  @Override
  public Told send(Sending sending) throws NotSent, InterruptedException {
    return Trying.within(sending, NAME, (_, left) -> post(sending, left));
  }

  private Told post(Sending sending, Duration left) throws NotSent, IOException {
    HttpUrl url = HttpUrl.parse(secrets.resolve(settings.url()));
    if (url == null) {
      throw NotSent.ever(settings.url() + " holds no URL");
    }
    http.call(
        new Request.Builder()
            .url(url)
            .header("Idempotency-Key", sending.key(NAME))
            .post(RequestBody.create(MessageJson.of(sending, NAME), HttpService.JSON))
            .build(),
        left);
    return Told.sent(NAME, null);
  }
}

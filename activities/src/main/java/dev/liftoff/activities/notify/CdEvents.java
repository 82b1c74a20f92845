package dev.liftoff.activities.notify;

import dev.liftoff.SecretReference;
import dev.liftoff.activities.Secrets;
import dev.liftoff.notify.ChannelKind;
import dev.liftoff.notify.Told;
import dev.liftoff.notify.form.EventText;
import dev.liftoff.notify.form.Sending;
import java.io.IOException;
import java.time.Duration;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;

/**
 * CDEvents 0.5 in CloudEvents 1.0, structured, by HTTP. Source and id are the same when an event is
 * sent again, by which CloudEvents lets a consumer know.
 */
public final class CdEvents implements Channel {
  private static final MediaType CLOUD_EVENT = MediaType.get("application/cloudevents+json");
  private static final String NAME = "events";

  /**
   * Where they go.
   *
   * @param sink the address that takes events, a secret because it often has a token in it
   */
  public record Settings(SecretReference sink) {}

  private final Settings settings;
  private final Secrets secrets;
  private final HttpService http = new HttpService();

  public CdEvents(Settings settings, Secrets secrets) {
    this.settings = settings;
    this.secrets = secrets;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public ChannelKind kind() {
    return ChannelKind.EVENTS;
  }

  @Override
  public Told send(Sending sending) throws NotSent, InterruptedException {
    return Trying.within(sending, NAME, (_, left) -> post(sending, left));
  }

  private Told post(Sending sending, Duration left) throws NotSent, IOException {
    HttpUrl url = HttpUrl.parse(secrets.resolve(settings.sink()));
    if (url == null) {
      throw NotSent.ever(settings.sink() + " holds no URL");
    }
    http.call(
        new Request.Builder()
            .url(url)
            .post(RequestBody.create(EventText.of(sending, NAME).toString(), CLOUD_EVENT))
            .build(),
        left);
    return Told.sent(NAME, null);
  }
}

package dev.liftoff.activities.notify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.liftoff.Payloads;
import dev.liftoff.SecretReference;
import dev.liftoff.activities.Secrets;
import dev.liftoff.notify.Announcement;
import dev.liftoff.notify.ChannelKind;
import dev.liftoff.notify.Scene;
import dev.liftoff.notify.Told;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;

/**
 * The whole message as JSON, for a program of your own. {@code Idempotency-Key} and {@code key} are
 * the same when it is sent again, so that the receiver can know.
 */
public final class JsonWebhook implements Channel {
  private static final ObjectMapper JSON = Payloads.mapper();
  private static final String NAME = "webhook";
  private static final String SCHEMA = "liftoff.message/v1";

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
            .post(RequestBody.create(json(sending), HttpService.JSON))
            .build(),
        left);
    return Told.sent(NAME, null);
  }

  private static String json(Sending sending) {
    Announcement announcement = sending.announcement();
    Map<String, @Nullable Object> message = new LinkedHashMap<>();
    message.put("schema", SCHEMA);
    message.put("key", sending.key(NAME));
    message.put("launch", sending.launch().toString());
    message.put("occasion", announcement.occasion());
    message.put("severity", announcement.severity());
    message.put("title", announcement.title());
    message.put("facts", announcement.facts());
    message.put("missed", sending.missed(NAME));
    @Nullable Scene scene = announcement.scene();
    message.put("scene", scene);
    try {
      return JSON.writeValueAsString(message);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}

package dev.liftoff.activities.notify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.liftoff.SecretReference;
import dev.liftoff.activities.Secrets;
import dev.liftoff.notify.ChannelKind;
import dev.liftoff.notify.Occasion;
import dev.liftoff.notify.Scene;
import dev.liftoff.notify.Told;
import dev.liftoff.notify.form.PublicText;
import dev.liftoff.notify.form.Sending;
import dev.liftoff.notify.form.Wording;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.RequestBody;

/**
 * Marks in Grafana's graphs: a point for each message, and a region from T+0 to its end. What may
 * be there already is looked for by a tag before it is made again.
 */
public final class GrafanaAnnotations implements Channel {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String NAME = "grafana";

  /**
   * Where it is.
   *
   * @param url Grafana's own address
   * @param token of a service account that may read and write annotations, nothing else
   */
  public record Settings(URI url, SecretReference token) {}

  private final Settings settings;
  private final Secrets secrets;
  private final HttpService http = new HttpService();

  public GrafanaAnnotations(Settings settings, Secrets secrets) {
    this.settings = settings;
    this.secrets = secrets;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public ChannelKind kind() {
    return ChannelKind.GRAPHS;
  }

  @Override
  public Told send(Sending sending) throws NotSent, InterruptedException {
    return Trying.within(sending, NAME, (doubtful, left) -> mark(sending, doubtful, left));
  }

  @Override
  public Standing standing(Duration limit) throws NotSent, IOException {
    if (!json(http.call(request(url("liftoff-readiness")).get().build(), limit)).isArray()) {
      throw NotSent.now("answered, but not as Grafana does");
    }
    return Standing.ready("lets its annotations be read");
  }

  private Told mark(Sending sending, boolean doubtful, Duration left) throws NotSent, IOException {
    String tag = "key:" + PublicText.id(sending.key(NAME));
    if (doubtful) {
      JsonNode there = json(http.call(request(url(tag)).get().build(), left));
      if (!there.isEmpty()) {
        return Told.sent(NAME, there.get(0).path("id").asText());
      }
    }
    RequestBody body = RequestBody.create(annotation(sending, tag).toString(), HttpService.JSON);
    JsonNode made = json(http.call(request(url(null)).post(body).build(), left));
    if (!made.has("id")) {
      throw NotSent.now("answered, but not as Grafana does");
    }
    return Told.sent(NAME, made.path("id").asText());
  }

  private static ObjectNode annotation(Sending sending, String tag) {
    Occasion occasion = sending.announcement().occasion();
    Scene scene = sending.announcement().scene();
    Instant zero = scene == null ? null : scene.zero();
    Instant at = sending.moment();
    boolean region =
        occasion == Occasion.HAND_OVER
            || occasion == Occasion.ROLLED_BACK
            || occasion == Occasion.LEFT_BEHIND;
    ObjectNode annotation = JSON.createObjectNode();
    annotation.put(
        "time", (region && zero != null && zero.isBefore(at) ? zero : at).toEpochMilli());
    annotation.put("timeEnd", at.toEpochMilli());
    annotation
        .putArray("tags")
        .add("launch")
        .add("service:" + sending.launch().service())
        .add("env:" + sending.launch().environment())
        .add("phase:" + occasion.word())
        .add(tag);
    annotation.put("text", Wording.of(sending, NAME, false).heading());
    return annotation;
  }

  private HttpUrl url(@org.jspecify.annotations.Nullable String tag) throws NotSent {
    HttpUrl url = HttpUrl.parse(settings.url() + "/api/annotations");
    if (url == null) {
      throw NotSent.ever(settings.url() + " is no address of Grafana");
    }
    return tag == null ? url : url.newBuilder().addQueryParameter("tags", tag).build();
  }

  private Request.Builder request(HttpUrl url) {
    return new Request.Builder()
        .url(url)
        .header("Authorization", "Bearer " + secrets.resolve(settings.token()));
  }

  private static JsonNode json(HttpService.Answer answer) throws NotSent {
    try {
      return JSON.readTree(answer.body());
    } catch (JsonProcessingException garbage) {
      throw NotSent.now("answered " + answer.code() + ", but not as Grafana does");
    }
  }
}

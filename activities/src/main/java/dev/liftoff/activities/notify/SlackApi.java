package dev.liftoff.activities.notify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.liftoff.activities.Secrets;
import dev.liftoff.notify.form.SlackMessage;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.RequestBody;

/** Slack's web API, which says no with a status of 200. */
final class SlackApi {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> PASSING =
      Set.of(
          "ratelimited", "internal_error", "fatal_error", "service_unavailable", "request_timeout");

  /** A message is looked for from a little before its moment: clocks differ. */
  private static final Duration BEFORE = Duration.ofMinutes(10);

  private static final String SAYS = "Slack says ";
  private static final String EVENT = "liftoff_message";

  private final SlackBot.Settings settings;
  private final Secrets secrets;
  private final HttpService http = new HttpService();

  SlackApi(SlackBot.Settings settings, Secrets secrets) {
    this.settings = settings;
    this.secrets = secrets;
  }

  /**
   * Posts a message that can be found again by its key.
   *
   * @return what Slack calls it
   */
  String post(SlackMessage message, String key, Duration left) throws NotSent, IOException {
    ObjectNode body = message.onto(JSON.createObjectNode());
    body.put("channel", settings.channel());
    body.put("unfurl_links", false);
    ObjectNode metadata = body.putObject("metadata");
    metadata.put("event_type", EVENT);
    metadata.putObject("event_payload").put("key", key);
    return call(request("chat.postMessage", body), left).path("ts").asText();
  }

  /** Whose token it is: a call that everybody may make, and nobody sees. */
  String whoAmI(Duration left) throws NotSent, IOException {
    JsonNode answer = call(request("auth.test", JSON.createObjectNode()), left);
    return "%s in %s"
        .formatted(answer.path("user").asText("an app"), answer.path("team").asText("Slack"));
  }

  void update(String timestamp, SlackMessage message, Duration left) throws NotSent, IOException {
    ObjectNode body = message.onto(JSON.createObjectNode());
    body.put("channel", settings.channel());
    body.put("ts", timestamp);
    call(request("chat.update", body), left);
  }

  /** What Slack calls the message of this key; empty when nobody can see it. */
  Optional<String> find(String key, Instant from, Duration left) throws NotSent, IOException {
    HttpUrl url =
        method("conversations.history")
            .addQueryParameter("channel", settings.channel())
            .addQueryParameter("include_all_metadata", "true")
            .addQueryParameter("limit", "200")
            .addQueryParameter("oldest", String.valueOf(from.minus(BEFORE).getEpochSecond()))
            .build();
    for (JsonNode message : call(authorized(url).get().build(), left).path("messages")) {
      if (key.equals(message.at("/metadata/event_payload/key").asText())) {
        return Optional.of(message.path("ts").asText());
      }
    }
    return Optional.empty();
  }

  private JsonNode call(Request request, Duration left) throws NotSent, IOException {
    JsonNode answer = json(http.call(request, left).body());
    if (answer.path("ok").asBoolean()) {
      return answer;
    }
    String error = answer.path("error").asText("no error named");
    throw PASSING.contains(error) ? NotSent.now(SAYS + error) : NotSent.ever(SAYS + error);
  }

  /** The app may post, but not read: it cannot find out what is there. */
  static boolean isBlind(NotSent failure) {
    return !failure.again() && String.valueOf(failure.getMessage()).startsWith(SAYS);
  }

  private static JsonNode json(String body) throws NotSent {
    try {
      JsonNode json = JSON.readTree(body);
      if (json.has("ok")) {
        return json;
      }
    } catch (JsonProcessingException garbage) {
      throw NotSent.now("answered 200, but not as Slack does");
    }
    throw NotSent.now("answered 200, but not as Slack does");
  }

  private Request request(String method, ObjectNode body) throws NotSent {
    return authorized(method(method).build())
        .post(RequestBody.create(body.toString(), HttpService.JSON))
        .build();
  }

  private HttpUrl.Builder method(String name) throws NotSent {
    HttpUrl api = HttpUrl.get(settings.api());
    if (api == null) {
      throw NotSent.ever(settings.api() + " is no address of Slack's API");
    }
    return api.newBuilder().addPathSegment(name);
  }

  private Request.Builder authorized(HttpUrl url) {
    return new Request.Builder()
        .url(Objects.requireNonNull(url))
        .header("Authorization", "Bearer " + secrets.resolve(settings.token()));
  }
}

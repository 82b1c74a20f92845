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
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.RequestBody;

/**
 * A page of Statuspage: one maintenance for a launch and, when it goes back, one incident. Each
 * carries a marker and is looked for before it is made or moved on, so that a lost answer makes no
 * second one.
 */
public final class Statuspage implements Channel {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String NAME = "statuspage";
  private static final Duration WINDOW = Duration.ofHours(2);

  /**
   * Where it is.
   *
   * @param api such as {@code https://api.statuspage.io}
   * @param page the page's id
   * @param service the name by which the public knows the service
   */
  public record Settings(URI api, String page, SecretReference key, String service) {}

  private final Settings settings;
  private final Secrets secrets;
  private final HttpService http = new HttpService();

  public Statuspage(Settings settings, Secrets secrets) {
    this.settings = settings;
    this.secrets = secrets;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public ChannelKind kind() {
    return ChannelKind.STATUS_PAGE;
  }

  @Override
  public Told send(Sending sending) throws NotSent, InterruptedException {
    return Trying.within(sending, NAME, (_, left) -> show(sending, left));
  }

  @Override
  public Standing standing(Duration limit) throws NotSent, IOException {
    if (!json(http.call(request("").get().build(), limit)).isArray()) {
      throw NotSent.now("answered, but not as Statuspage does");
    }
    return Standing.ready("shows the page " + settings.page());
  }

  private Told show(Sending sending, Duration left) throws NotSent, IOException {
    PublicText text = PublicText.of(sending, settings.service());
    JsonNode incidents = json(http.call(request("").get().build(), left));
    String marker = PublicText.id(sending.launch() + (text.incident() ? "/rollback" : ""));
    Optional<JsonNode> there = find(incidents, marker);
    if (there.isEmpty()) {
      make(sending, text, marker, left);
    } else if (!there.get().path("status").asText().equals(text.status())) {
      move(there.get(), text, left);
    }
    if (sending.announcement().occasion() == Occasion.ROLLED_BACK) {
      endMaintenance(sending, incidents, left);
    }
    return Told.sent(NAME, null);
  }

  private void make(Sending sending, PublicText text, String marker, Duration left)
      throws NotSent, IOException {
    ObjectNode incident = JSON.createObjectNode();
    incident.put(
        "name",
        text.incident()
            ? "Problem after an update of " + settings.service()
            : "Update of " + settings.service());
    incident.put("status", text.status());
    incident.put("body", text.sentence());
    incident.putObject("metadata").putObject("liftoff").put("marker", marker);
    if (text.status().equals("scheduled")) {
      Scene scene = sending.announcement().scene();
      var from = scene == null || scene.zero() == null ? sending.moment() : scene.zero();
      incident.put("scheduled_for", from.toString());
      incident.put("scheduled_until", from.plus(WINDOW).toString());
    }
    post(request("").post(body(incident)).build(), left);
  }

  private void move(JsonNode incident, PublicText text, Duration left) throws NotSent, IOException {
    ObjectNode change = JSON.createObjectNode();
    change.put("status", text.status());
    change.put("body", text.sentence());
    post(request("/" + incident.path("id").asText()).patch(body(change)).build(), left);
  }

  private void endMaintenance(Sending sending, JsonNode incidents, Duration left)
      throws NotSent, IOException {
    Optional<JsonNode> open =
        find(incidents, PublicText.id(sending.launch().toString()))
            .filter(maintenance -> !maintenance.path("status").asText().equals("completed"));
    if (open.isPresent()) {
      move(
          open.get(),
          new PublicText(
              "completed", false, "The update of " + settings.service() + " was taken back."),
          left);
    }
  }

  private void post(Request request, Duration left) throws NotSent, IOException {
    if (!json(http.call(request, left)).has("id")) {
      throw NotSent.now("answered, but not as Statuspage does");
    }
  }

  private static Optional<JsonNode> find(JsonNode incidents, String marker) {
    for (JsonNode incident : incidents) {
      if (incident.at("/metadata/liftoff/marker").asText().equals(marker)) {
        return Optional.of(incident);
      }
    }
    return Optional.empty();
  }

  private Request.Builder request(String below) throws NotSent {
    HttpUrl url =
        HttpUrl.parse(settings.api() + "/v1/pages/" + settings.page() + "/incidents" + below);
    if (url == null) {
      throw NotSent.ever(settings.api() + " is no address of Statuspage");
    }
    return new Request.Builder()
        .url(url)
        .header("Authorization", "OAuth " + secrets.resolve(settings.key()));
  }

  private static RequestBody body(ObjectNode incident) {
    ObjectNode body = JSON.createObjectNode();
    body.set("incident", incident);
    return RequestBody.create(body.toString(), HttpService.JSON);
  }

  private static JsonNode json(HttpService.Answer answer) throws NotSent {
    try {
      return JSON.readTree(answer.body());
    } catch (JsonProcessingException garbage) {
      throw NotSent.now("answered " + answer.code() + ", but not as Statuspage does");
    }
  }
}

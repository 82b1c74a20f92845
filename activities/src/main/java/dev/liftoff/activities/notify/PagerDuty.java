package dev.liftoff.activities.notify;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.liftoff.SecretReference;
import dev.liftoff.activities.Secrets;
import dev.liftoff.notify.ChannelKind;
import dev.liftoff.notify.Told;
import dev.liftoff.notify.form.PageText;
import dev.liftoff.notify.form.Sending;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import okhttp3.HttpUrl;

/**
 * PagerDuty's Events API v2. On-call is paged once for a rollback and once for a launch that needs
 * a human, by a key that PagerDuty itself keeps apart; both are resolved when a rollback has left
 * nothing behind, or the launch is settled, and never earlier. The rest are change events.
 */
public final class PagerDuty implements Channel {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String NAME = "pagerduty";

  private static final String ROLLBACK = "/rollback";
  private static final String NEEDS_HUMAN = "/needs-human";
  private static final String TEST = "/test";

  /**
   * Where it is.
   *
   * @param api such as {@code https://events.pagerduty.com}
   * @param routingKey the integration key of the service
   */
  public record Settings(URI api, SecretReference routingKey) {}

  private final Settings settings;
  private final Secrets secrets;
  private final HttpService http = new HttpService();

  public PagerDuty(Settings settings, Secrets secrets) {
    this.settings = settings;
    this.secrets = secrets;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public ChannelKind kind() {
    return ChannelKind.PAGER;
  }

  @Override
  public Told send(Sending sending) throws NotSent, InterruptedException {
    return Trying.within(sending, NAME, (doubtful, left) -> tell(sending, doubtful, left));
  }

  /** A change event: it is shown on the service, and pages nobody. */
  @Override
  public Standing standing(Duration limit) throws NotSent, IOException {
    ObjectNode change = JSON.createObjectNode();
    change.put("routing_key", secrets.resolve(settings.routingKey()));
    ObjectNode payload = change.putObject("payload");
    payload.put("summary", "Liftoff looked whether it could page: nothing happened");
    payload.put("source", "liftoff");
    post("/v2/change/enqueue", change, limit);
    return Standing.ready("took a change event");
  }

  private Told tell(Sending sending, boolean doubtful, Duration left) throws NotSent, IOException {
    switch (sending.announcement().occasion()) {
      case ROLLING_BACK -> enqueue(trigger(sending, ROLLBACK), left);
      case NEEDS_HUMAN -> enqueue(trigger(sending, NEEDS_HUMAN), left);
      case TEST -> {
        enqueue(trigger(sending, TEST), left);
        enqueue(event("resolve", sending, TEST), left);
      }
      case ROLLED_BACK, SETTLED -> {
        for (String incident : List.of(ROLLBACK, NEEDS_HUMAN)) {
          enqueue(event("resolve", sending, incident), left);
        }
      }
      default -> {
        return change(sending, doubtful, left);
      }
    }
    return Told.sent(NAME, null);
  }

  /** A change event has no key: nobody is paged by it, and it may be there twice. */
  private Told change(Sending sending, boolean doubtful, Duration left)
      throws NotSent, IOException {
    ObjectNode change = JSON.createObjectNode();
    change.put("routing_key", secrets.resolve(settings.routingKey()));
    change.set("payload", PageText.payload(sending));
    post("/v2/change/enqueue", change, left);
    return doubtful
        ? Told.ambiguous(NAME, "a change event was sent again after a lost answer", null)
        : Told.sent(NAME, null);
  }

  private ObjectNode trigger(Sending sending, String incident) {
    ObjectNode event = event("trigger", sending, incident);
    ObjectNode payload = PageText.payload(sending);
    payload.put("severity", "critical");
    payload.put("component", sending.launch().service());
    payload.put("group", sending.launch().environment());
    event.set("payload", payload);
    return event;
  }

  private ObjectNode event(String action, Sending sending, String incident) {
    ObjectNode event = JSON.createObjectNode();
    event.put("routing_key", secrets.resolve(settings.routingKey()));
    event.put("event_action", action);
    event.put("dedup_key", "launch/" + sending.launch() + incident);
    return event;
  }

  private void enqueue(ObjectNode event, Duration left) throws NotSent, IOException {
    post("/v2/enqueue", event, left);
  }

  private void post(String path, ObjectNode event, Duration left) throws NotSent, IOException {
    HttpUrl url = HttpUrl.get(settings.api() + path);
    if (url == null) {
      throw NotSent.ever(settings.api() + " is no address of PagerDuty");
    }
    HttpService.Answer answer = http.call(HttpService.post(url, event.toString()), left);
    if (answer.code() != 202) {
      throw NotSent.now("answered " + answer.code() + ", but not as PagerDuty does");
    }
  }
}

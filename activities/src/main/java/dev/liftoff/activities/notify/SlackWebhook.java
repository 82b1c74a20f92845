package dev.liftoff.activities.notify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.liftoff.LaunchId;
import dev.liftoff.SecretReference;
import dev.liftoff.activities.Secrets;
import dev.liftoff.notify.Announcement;
import java.io.IOException;
import java.time.Duration;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** A Slack channel, or one of a product that takes the same webhook. */
public final class SlackWebhook implements Channel {
  private static final MediaType JSON = MediaType.get("application/json");
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int TRIES = 3;
  private static final Duration PAUSE = Duration.ofMillis(300);
  private static final int LONGEST_ANSWER = 1_000;

  /**
   * Where it is.
   *
   * @param name its name in a delivery
   * @param url the webhook; whoever knows it can write into the channel, so it is a secret
   */
  public record Settings(String name, SecretReference url) {}

  private final Settings settings;
  private final Secrets secrets;
  private final OkHttpClient http =
      new OkHttpClient.Builder().followRedirects(false).retryOnConnectionFailure(false).build();

  public SlackWebhook(Settings settings, Secrets secrets) {
    this.settings = settings;
    this.secrets = secrets;
  }

  @Override
  public String name() {
    return settings.name();
  }

  @Override
  public void send(LaunchId launch, Announcement announcement, Duration limit) throws Exception {
    Request request = request(SlackMessage.of(launch, announcement));
    long deadline = System.nanoTime() + limit.toNanos();
    for (int tries = 1; ; tries++) {
      Attempt attempt = attempt(request, Duration.ofNanos(deadline - System.nanoTime()));
      if (attempt.sent()) {
        return;
      }
      Duration left = Duration.ofNanos(deadline - System.nanoTime());
      if (!attempt.again() || tries == TRIES || attempt.pause().compareTo(left) >= 0) {
        throw new NotSent(attempt.outcome());
      }
      Thread.sleep(attempt.pause());
    }
  }

  /** What became of one try, whether another could help, and when. */
  private record Attempt(boolean sent, String outcome, boolean again, Duration pause) {}

  private Attempt attempt(Request request, Duration limit) {
    OkHttpClient limited = http.newBuilder().callTimeout(limit).build();
    try (Response response = limited.newCall(request).execute()) {
      String answer = response.peekBody(LONGEST_ANSWER).string().strip();
      if (response.isSuccessful()) {
        boolean taken = accepted(answer);
        return new Attempt(
            taken, "answered %d, but not ok".formatted(response.code()), false, PAUSE);
      }
      return refused(response);
    } catch (IOException unreachable) {
      return new Attempt(false, "no answer: " + unreachable.getMessage(), true, PAUSE);
    }
  }

  private static Attempt refused(Response response) {
    int code = response.code();
    Duration pause = code == 429 ? retryAfter(response) : PAUSE;
    return new Attempt(false, "answered " + code, code == 429 || code >= 500, pause);
  }

  private static Duration retryAfter(Response response) {
    String seconds = response.header("Retry-After", "1");
    return seconds != null && seconds.matches("[0-9]{1,6}")
        ? Duration.ofSeconds(Long.parseLong(seconds))
        : Duration.ofSeconds(1);
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

  private Request request(String message) throws NotSent {
    HttpUrl url = HttpUrl.parse(secrets.resolve(settings.url()));
    if (url == null) {
      throw new NotSent(settings.url() + " holds no URL");
    }
    return new Request.Builder().url(url).post(RequestBody.create(message, JSON)).build();
  }
}

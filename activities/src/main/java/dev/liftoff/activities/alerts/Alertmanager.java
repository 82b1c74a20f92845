package dev.liftoff.activities.alerts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** Requests to one Alertmanager: no redirect is followed, and no answer is read without end. */
final class Alertmanager {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long LONGEST_ANSWER = 8 << 20;
  private static final int LONGEST_REASON = 200;
  private static final int NOT_FOUND = 404;

  /** What 0.25 says, with 500, of a silence that is not there; later ones answer 404. */
  private static final String GONE = "silence not found";

  private final OkHttpClient http;

  Alertmanager(Duration callLimit) {
    http = new OkHttpClient.Builder().callTimeout(callLimit).followRedirects(false).build();
  }

  /**
   * @return a list, always
   * @throws IOException with a sentence when there is no answer, or another one
   */
  JsonNode get(URI base, String what, List<String> filters) throws IOException {
    HttpUrl.Builder url = url(base, what);
    filters.forEach(filter -> url.addQueryParameter("filter", filter));
    JsonNode answer = JSON.readTree(call(base, new Request.Builder().url(url.build())));
    if (answer == null || !answer.isArray()) {
      throw new IOException(base + " answered, but not as an Alertmanager");
    }
    return answer;
  }

  void post(URI base, String what, JsonNode body) throws IOException {
    call(
        base,
        new Request.Builder()
            .url(url(base, what).build())
            .post(RequestBody.create(body.toString(), MediaType.get("application/json"))));
  }

  /** A silence that is gone is what is wanted. */
  void delete(URI base, String id) throws IOException {
    Request.Builder request =
        new Request.Builder().url(url(base, "silence").addPathSegment(id).build()).delete();
    try (Response response = answer(base, request)) {
      String text = response.peekBody(LONGEST_REASON).string();
      if (!response.isSuccessful() && response.code() != NOT_FOUND && !text.contains(GONE)) {
        throw refused(base, response.code(), text);
      }
    }
  }

  private String call(URI base, Request.Builder request) throws IOException {
    try (Response response = answer(base, request)) {
      String text = response.peekBody(LONGEST_ANSWER).string();
      if (!response.isSuccessful()) {
        throw refused(base, response.code(), text);
      }
      return text;
    }
  }

  private Response answer(URI base, Request.Builder request) throws IOException {
    try {
      return http.newCall(request.build()).execute();
    } catch (IOException lost) {
      throw new IOException(base + " does not answer: " + lost.getMessage(), lost);
    }
  }

  private static IOException refused(URI base, int code, String text) {
    String why = text.replaceAll("\\s+", " ");
    return new IOException(
        "%s answered %d: %s"
            .formatted(base, code, why.substring(0, Math.min(why.length(), LONGEST_REASON))));
  }

  private static HttpUrl.Builder url(URI base, String what) throws IOException {
    HttpUrl url = HttpUrl.get(base);
    if (url == null) {
      throw new IOException("the address of the Alertmanager is wrong: " + base);
    }
    return url.newBuilder().addPathSegments("api/v2").addPathSegment(what);
  }
}

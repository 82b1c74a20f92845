package dev.liftoff.activities.readiness;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okio.BufferedSource;

/** What Prometheus says of itself, beside the queries of a watch. */
final class PrometheusApi {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A server with some thousand rules or targets. */
  private static final long LONGEST = 32L * 1024 * 1024;

  private final OkHttpClient http;
  private final URI base;

  PrometheusApi(URI base, Duration limit) {
    this.base = base;
    this.http = new OkHttpClient.Builder().callTimeout(limit).followRedirects(false).build();
  }

  /** Without what may stand before an @: that would be a password. */
  String place() {
    return "prometheus at " + base.getHost() + ":" + base.getPort();
  }

  int status(String path) throws IOException {
    try (Response response = http.newCall(request(path)).execute()) {
      return response.code();
    }
  }

  /**
   * The data of an answer.
   *
   * @param parameters of the query, each name before its value
   */
  JsonNode data(String path, String... parameters) throws IOException {
    try (Response response = http.newCall(request(path, parameters)).execute()) {
      BufferedSource body = response.body().source();
      if (body.request(LONGEST + 1)) {
        throw new IOException(place() + " answered more than 32 MB");
      }
      JsonNode answer = json(body.readByteArray(), response.code());
      if (!answer.path("status").asText().equals("success")) {
        throw new IOException(
            "%s refused: %s".formatted(place(), answer.path("error").asText("without a reason")));
      }
      return answer.path("data");
    }
  }

  private JsonNode json(byte[] body, int status) throws IOException {
    try {
      JsonNode json = JSON.readTree(body);
      if (json != null && json.isObject()) {
        return json;
      }
    } catch (JsonProcessingException garbage) {
      throw new IOException("%s answered %d without JSON".formatted(place(), status));
    }
    throw new IOException("%s answered %d without JSON".formatted(place(), status));
  }

  private Request request(String path, String... parameters) {
    HttpUrl.Builder url =
        Objects.requireNonNull(HttpUrl.get(base.toString()), "not http")
            .newBuilder()
            .addPathSegments(path);
    for (int i = 0; i < parameters.length; i += 2) {
      url.addQueryParameter(parameters[i], parameters[i + 1]);
    }
    return new Request.Builder().url(url.build()).get().build();
  }
}

package dev.liftoff.activities.metrics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import okhttp3.FormBody;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okio.BufferedSource;

/** Instant queries to one Prometheus. Whatever goes wrong is an answer, never an exception. */
final class Prometheus {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long LONGEST = 1024 * 1024;

  private final OkHttpClient http;
  private final URI base;

  Prometheus(OkHttpClient http, URI base) {
    this.http = http;
    this.base = base;
  }

  static OkHttpClient client(Duration callLimit) {
    return new OkHttpClient.Builder()
        .callTimeout(callLimit)
        .connectTimeout(callLimit)
        .followRedirects(false)
        .build();
  }

  Answer ask(String promql) {
    try (Response response = http.newCall(request(promql)).execute()) {
      return read(response);
    } catch (IOException unreachable) {
      return new Answer.Refused(place() + " does not answer: " + unreachable.getMessage());
    } catch (IllegalArgumentException notHttp) {
      return new Answer.Refused("the address of prometheus is wrong: " + notHttp.getMessage());
    }
  }

  /** Without what may stand before an @: that would be a password. */
  private String place() {
    return "prometheus at " + base.getHost() + ":" + base.getPort();
  }

  private Request request(String promql) {
    HttpUrl.Builder url = HttpUrl.get(base.toString()).newBuilder();
    return new Request.Builder()
        .url(url.addPathSegments("api/v1/query").build())
        .post(new FormBody.Builder().add("query", promql).build())
        .build();
  }

  private Answer read(Response response) throws IOException {
    BufferedSource source = response.body().source();
    if (source.request(LONGEST + 1)) {
      return new Answer.Refused(place() + " answered more than 1 MB; aggregate in the query");
    }
    return json(source.readByteArray())
        .map(Answer::read)
        .orElseGet(() ->
            new Answer.Refused(
                "%s answered status %d without JSON".formatted(place(), response.code())));
  }

  private static Optional<JsonNode> json(byte[] body) throws IOException {
    try {
      return Optional.ofNullable(JSON.readTree(body)).filter(JsonNode::isObject);
    } catch (JsonProcessingException garbage) {
      return Optional.empty();
    }
  }
}

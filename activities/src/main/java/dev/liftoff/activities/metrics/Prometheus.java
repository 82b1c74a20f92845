package dev.liftoff.activities.metrics;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.liftoff.metrics.watched.Span;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import okhttp3.FormBody;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/** Queries to one Prometheus. Whatever goes wrong is an answer, never an exception. */
final class Prometheus {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long LONGEST = 1024 * 1024;
  private static final ObjectMapper LONG =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder().maxDocumentLength(64 * LONGEST).build())
              .build());

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
        .readTimeout(callLimit)
        .followRedirects(false)
        .build();
  }

  Answer ask(String promql) {
    FormBody question = new FormBody.Builder().add("query", promql).build();
    return asked("api/v1/query", question, Answer::read, Answer.Refused::new);
  }

  /** The same question at each step of a time. */
  Ranged ask(String promql, Span span) {
    FormBody question =
        new FormBody.Builder()
            .add("query", promql)
            .add("start", span.from().toString())
            .add("end", span.to().toString())
            .add("step", span.step().toMillis() / 1000.0 + "")
            .build();
    return asked(
        "api/v1/query_range",
        question,
        body -> Ranged.read(body, span.points()),
        Ranged.Refused::new);
  }

  private <T> T asked(
      String path, FormBody question, Function<JsonNode, T> read, Function<String, T> refused) {
    try (Response response = http.newCall(request(path, question)).execute()) {
      return read(response, read, refused);
    } catch (IOException unreachable) {
      return refused.apply(place() + " does not answer: " + unreachable.getMessage());
    } catch (IllegalArgumentException notHttp) {
      return refused.apply("the address of prometheus is wrong: " + notHttp.getMessage());
    }
  }

  /**
   * Hands over the series of a range selector one by one, so that hours of samples are never in
   * memory at once.
   *
   * @return null when all came, else why not; what came before that must be forgotten then
   */
  @Nullable String each(String selector, Instant at, Consumer<JsonNode> series) {
    FormBody question =
        new FormBody.Builder().add("query", selector).add("time", at.toString()).build();
    try (Response response = http.newCall(request("api/v1/query", question)).execute();
        JsonParser body = LONG.createParser(response.body().byteStream())) {
      return new SeriesStream(body).each(series);
    } catch (JsonProcessingException notJson) {
      return place() + " answered no JSON, or more than 64 MB in an hour: narrow the series";
    } catch (IOException unreachable) {
      return place() + " does not answer: " + unreachable.getMessage();
    } catch (IllegalArgumentException notHttp) {
      return "the address of prometheus is wrong: " + notHttp.getMessage();
    }
  }

  /** Without what may stand before an @: that would be a password. */
  private String place() {
    return "prometheus at " + base.getHost() + ":" + base.getPort();
  }

  private Request request(String path, FormBody question) {
    HttpUrl.Builder url = HttpUrl.get(base.toString()).newBuilder();
    return new Request.Builder().url(url.addPathSegments(path).build()).post(question).build();
  }

  private <T> T read(Response response, Function<JsonNode, T> read, Function<String, T> refused)
      throws IOException {
    BufferedSource source = response.body().source();
    if (source.request(LONGEST + 1)) {
      return refused.apply(place() + " answered more than 1 MB; aggregate in the query");
    }
    return json(source.readByteArray())
        .map(read)
        .orElseGet(() ->
            refused.apply(
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

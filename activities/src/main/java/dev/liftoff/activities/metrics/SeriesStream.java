package dev.liftoff.activities.metrics;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An answer of Prometheus that is taken apart as it comes in. */
final class SeriesStream {
  private final JsonParser body;
  private boolean success;
  private @Nullable String refusal;

  SeriesStream(JsonParser body) {
    this.body = body;
  }

  /** Null when all came, else why not. */
  @Nullable String each(Consumer<JsonNode> series) throws IOException {
    for (JsonToken token = body.nextToken(); token != null; token = body.nextToken()) {
      if (token == JsonToken.FIELD_NAME) {
        field(body.currentName(), series);
      }
    }
    if (refusal != null) {
      return refusal;
    }
    return success ? null : "prometheus answered something else than series";
  }

  private void field(String name, Consumer<JsonNode> series) throws IOException {
    switch (name) {
      case "status" -> success = "success".equals(body.nextTextValue());
      case "error" -> refusal = "prometheus refused the query: " + body.nextTextValue();
      case "resultType" -> requireRange(body.nextTextValue());
      case "result" -> series(series);
      default -> {}
    }
  }

  private void requireRange(@Nullable String type) {
    if (!"matrix".equals(type)) {
      refusal = "prometheus answered a %s instead of counters".formatted(type);
    }
  }

  private void series(Consumer<JsonNode> series) throws IOException {
    body.nextToken();
    while (refusal == null && body.nextToken() == JsonToken.START_OBJECT) {
      JsonNode one = body.readValueAsTree();
      series.accept(one);
    }
  }
}

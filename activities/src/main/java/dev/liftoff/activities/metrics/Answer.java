package dev.liftoff.activities.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import dev.liftoff.metrics.Measurement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What Prometheus says to an expression. */
sealed interface Answer {

  /** Samples; a scalar is one without labels. */
  record Vector(List<Sample> samples) implements Answer {
    Set<String> labels(String name) {
      return samples.stream()
          .map(sample -> sample.labels().getOrDefault(name, ""))
          .collect(Collectors.toSet());
    }
  }

  /** The newest sample of each series in a range; a counter is read like this. */
  record Matrix(List<Sample> newest) implements Answer {}

  /** No answer, or none that could be used. */
  record Refused(String why) implements Answer {}

  /** A value as it was written, which need not be a number. */
  record Sample(Map<String, String> labels, Instant at, String value) {}

  /** The one finite number that the answer is. */
  default Measurement number() {
    return switch (this) {
      case Refused(String why) -> new Measurement.Missing(why);
      case Matrix _ -> new Measurement.Missing("prometheus answered a matrix instead of a number");
      case Vector(List<Sample> samples) when samples.isEmpty() ->
          new Measurement.Missing("prometheus knows no series for the query");
      case Vector(List<Sample> samples) when samples.size() > 1 ->
          new Measurement.Missing(
              "prometheus answered %d series instead of one; aggregate them with sum or max"
                  .formatted(samples.size()));
      case Vector(List<Sample> samples) -> finite(samples.getFirst().value());
    };
  }

  /** The time for which it was answered; null when it was not. */
  default @Nullable Instant at() {
    return this instanceof Vector(List<Sample> samples) && !samples.isEmpty()
        ? samples.getFirst().at()
        : null;
  }

  /** Reads the body of {@code /api/v1/query}. */
  static Answer read(JsonNode body) {
    if (!"success".equals(body.path("status").asText())) {
      return new Refused(
          "prometheus refused the query: " + body.path("error").asText("it does not say why"));
    }
    if (!body.path("warnings").isEmpty()) {
      return new Refused("prometheus warned: " + body.path("warnings").path(0).asText());
    }
    JsonNode result = body.path("data").path("result");
    return switch (body.path("data").path("resultType").asText()) {
      case "vector" -> vector(result);
      case "matrix" -> new Matrix(result.valueStream().map(Answer::newest).toList());
      case "scalar" -> new Vector(List.of(sample(result, result)));
      default ->
          new Refused(
              "prometheus answered a %s instead of a number"
                  .formatted(body.path("data").path("resultType").asText("text")));
    };
  }

  private static Answer vector(JsonNode result) {
    return new Vector(
        result.valueStream().map(one -> sample(one.path("metric"), one.path("value"))).toList());
  }

  private static Sample newest(JsonNode series) {
    JsonNode values = series.path("values");
    return sample(series.path("metric"), values.path(values.size() - 1));
  }

  private static Sample sample(JsonNode metric, JsonNode value) {
    Map<String, String> labels =
        metric
            .propertyStream()
            .collect(Collectors.toMap(Map.Entry::getKey, label -> label.getValue().asText()));
    long millis = Math.round(value.path(0).asDouble() * 1000);
    return new Sample(labels, Instant.ofEpochMilli(millis), value.path(1).asText("a histogram"));
  }

  private static Measurement finite(String text) {
    try {
      double value = Double.parseDouble(text);
      return Double.isFinite(value) ? new Measurement.Value(value) : notFinite(text);
    } catch (NumberFormatException infinity) {
      return notFinite(text);
    }
  }

  private static Measurement notFinite(String text) {
    return new Measurement.Missing("prometheus answered %s, which is no number".formatted(text));
  }
}

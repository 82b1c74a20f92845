package dev.liftoff.activities.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import dev.liftoff.metrics.watched.Course;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What Prometheus says to an expression over a time. */
sealed interface Ranged {

  /** One number at each step; what is none is left out. */
  record Known(Course course) implements Ranged {}

  /** No answer, or none that could be used. */
  record Refused(String why) implements Ranged {}

  /**
   * Reads the body of {@code /api/v1/query_range}.
   *
   * @param asked how many steps there are
   */
  static Ranged read(JsonNode body, int asked) {
    if (!"success".equals(body.path("status").asText())) {
      return new Refused(
          "prometheus refused the query: " + body.path("error").asText("it does not say why"));
    }
    if (!body.path("warnings").isEmpty()) {
      return new Refused("prometheus warned: " + body.path("warnings").path(0).asText());
    }
    JsonNode series = body.path("data").path("result");
    return switch (series.size()) {
      case 0 -> new Refused("prometheus knows no series for the query at that time");
      case 1 -> new Known(new Course(points(series.path(0).path("values")), asked));
      default ->
          new Refused(
              "prometheus answered %d series instead of one; aggregate them with sum or max"
                  .formatted(series.size()));
    };
  }

  private static List<Course.Point> points(JsonNode values) {
    List<Course.Point> points = new ArrayList<>();
    for (JsonNode value : values) {
      String text = value.path(1).asText("NaN");
      // Prometheus writes infinity as +Inf, which is none of Java's numbers.
      if (text.matches("[-+0-9.eE]+")) {
        long millis = Math.round(value.path(0).asDouble() * 1000);
        points.add(new Course.Point(Instant.ofEpochMilli(millis), Double.parseDouble(text)));
      }
    }
    return points;
  }
}

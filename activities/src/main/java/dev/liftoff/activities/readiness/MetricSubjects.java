package dev.liftoff.activities.readiness;

import com.fasterxml.jackson.databind.JsonNode;
import dev.liftoff.container.Slot;
import dev.liftoff.metrics.Metric;
import dev.liftoff.metrics.Metrics;
import dev.liftoff.metrics.Reading;
import dev.liftoff.traffic.Traffic;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The metrics by which the launch will be judged, while the old version still has everything. */
record MetricSubjects(Metrics metrics, Traffic traffic) {
  private static final int STEPS = 24;

  /** A restart of Prometheus in a day is no reason. */
  private static final double SHARE = 0.9;

  private static final String SPLIT =
      "traffic is split between the slots; finish or roll back the launch that split it";

  Seen limits(Asked asked) {
    String limit = "each has an answer, none is over its limit";
    Optional<Slot> serving = traffic.read(asked.launch()).serving();
    if (serving.isEmpty()) {
      return Seen.noData(SPLIT, limit);
    }
    List<Reading> readings = metrics.read(asked.launch(), asked.plan().metrics(), serving.get());
    String blind = words(readings, Reading.State.NO_DATA);
    String over = words(readings, Reading.State.BREACH);
    if (!over.isEmpty()) {
      return Seen.fail("over its limit before anything moved: " + over, limit);
    }
    return blind.isEmpty() && !readings.isEmpty()
        ? Seen.pass(words(readings, Reading.State.OK), limit)
        : Seen.noData(blind.isEmpty() ? "the plan has no limits" : blind, limit);
  }

  private static String words(List<Reading> readings, Reading.State state) {
    return readings.stream()
        .filter(reading -> reading.state() == state)
        .map(reading ->
            state == Reading.State.NO_DATA
                ? reading.metric() + ": " + reading.why()
                : measured(reading))
        .collect(Collectors.joining(", "));
  }

  /** One that has no limit is told for those who confirm it. */
  private static String measured(Reading reading) {
    return reading.limit() == null
        ? "%s %.4g".formatted(reading.metric(), reading.value())
        : "%s %.4g (limit: %s)"
            .formatted(reading.metric(), reading.value(), reading.limitSentence());
  }

  /** Asked at 25 moments: a series that has just begun has most of them empty. */
  Seen history(Asked asked) throws IOException {
    String limit = "data of " + asked.durationText();
    Optional<Slot> serving = traffic.read(asked.launch()).serving();
    if (serving.isEmpty()) {
      return Seen.noData(SPLIT, limit);
    }
    List<String> facts = new ArrayList<>();
    boolean enough = true;
    for (Map.Entry<Metric, String> query : asked.plan().metrics().queries().entrySet()) {
      int points = points(asked, filled(asked, query.getValue(), serving.get()));
      enough &= points >= SHARE * (STEPS + 1);
      facts.add("%s has %d of %d moments".formatted(query.getKey(), points, STEPS + 1));
    }
    return facts.isEmpty()
        ? Seen.noData("the plan has no queries", limit)
        : Seen.held(enough, String.join(", ", facts), limit);
  }

  private static int points(Asked asked, String query) throws IOException {
    PrometheusApi api = new PrometheusApi(asked.plan().metrics().prometheus(), asked.patience());
    Instant now = Instant.now();
    Duration step = asked.duration().dividedBy(STEPS);
    JsonNode series =
        api.data(
                "api/v1/query_range",
                "query",
                query,
                "start",
                now.minus(asked.duration()).toString(),
                "end",
                now.toString(),
                "step",
                String.valueOf(step.toMillis() / 1000.0))
            .path("result");
    int most = 0;
    for (JsonNode one : series) {
      most = Math.max(most, one.path("values").size());
    }
    return most;
  }

  private static String filled(Asked asked, String query, Slot slot) {
    return query
        .replace("{slot}", slot.word())
        .replace("{service}", asked.launch().service())
        .replace("{environment}", asked.launch().environment());
  }
}

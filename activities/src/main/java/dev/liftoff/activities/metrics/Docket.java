package dev.liftoff.activities.metrics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.liftoff.Payloads;
import dev.liftoff.activities.judge.Arm;
import dev.liftoff.activities.judge.JudgeState;
import dev.liftoff.traffic.Weight;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * All that a comparison must remember: carried in heartbeats and from window to window, and the
 * same to the bit when it is read again.
 *
 * @param opening the baseline before the first look; null before it was asked
 * @param until the newest sample that was judged
 * @param gap why the last look could not be judged; null when it could
 * @param chosen how it is judged; null as the plan says
 * @param first the first sample that was seen; null before it
 * @param stage the step of the ramp; null before it is known
 */
record Docket(
    @Nullable Opening opening,
    Counters requests,
    Counters durations,
    @Nullable Instant until,
    JudgeState judge,
    @Nullable String gap,
    @Nullable Chosen chosen,
    @Nullable Instant first,
    @Nullable Stage stage) {
  static final Docket EMPTY =
      new Docket(
          null, Counters.NONE, Counters.NONE, null, JudgeState.EMPTY, null, null, null, null);

  private static final ObjectMapper JSON = Payloads.mapper();

  /**
   * The baseline in the ten minutes before the first look. Which boundaries are compared is fixed
   * with it.
   *
   * @param slow requests that were slower than a bucket boundary, by its label
   */
  record Opening(Arm errors, Map<String, Arm> slow) {
    Opening {
      slow = new TreeMap<>(slow);
    }
  }

  static Docket read(@Nullable JsonNode memory) {
    if (memory == null) {
      return EMPTY;
    }
    try {
      return JSON.treeToValue(memory, Docket.class);
    } catch (JsonProcessingException | IllegalArgumentException foreign) {
      // Written by a version that we do not understand: without evidence nothing passes.
      LoggerFactory.getLogger(Docket.class)
          .warn("what the judge remembered cannot be read, judging anew", foreign);
      return EMPTY;
    }
  }

  JsonNode json() {
    return JSON.valueToTree(this);
  }

  Docket opened(Opening found) {
    return new Docket(found, requests, durations, until, judge, null, chosen, first, stage);
  }

  Docket blind(@Nullable String why) {
    return new Docket(opening, requests, durations, until, judge, why, chosen, first, stage);
  }

  Docket judgedBy(Chosen method) {
    return new Docket(opening, requests, durations, until, judge, gap, method, first, stage);
  }

  /** At this sample, under this weight. */
  Docket at(Instant sample, @Nullable Weight weight) {
    Instant begin = first == null ? sample : first;
    Stage now =
        weight == null || (stage != null && stage.percent() == weight.percent())
            ? stage
            : new Stage(weight.percent(), sample);
    return new Docket(opening, requests, durations, until, judge, gap, chosen, begin, now);
  }

  Docket counted(
      Counters asked,
      Counters timed,
      @Nullable Instant end,
      JudgeState judged,
      @Nullable String why) {
    return new Docket(opening, asked, timed, end, judged, why, chosen, first, stage);
  }

  boolean isNewStage(Docket before) {
    return !Objects.equals(stage, before.stage);
  }

  /**
   * Whether a batch is of a candidate that is still warming up. One that is longer than that covers
   * a gap, and is never left out.
   */
  boolean isCold(Instant start, Instant end, Duration discard) {
    return first != null
        && start.isBefore(first.plus(discard))
        && Duration.between(start, end).compareTo(discard) <= 0;
  }
}

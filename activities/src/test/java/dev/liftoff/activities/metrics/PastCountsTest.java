package dev.liftoff.activities.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.liftoff.activities.judge.Past;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** From raw samples of a day to what a placebo is tried on. */
class PastCountsTest {
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final PastCounts counts =
      new PastCounts(
          START,
          HOUR,
          "pod",
          List.of("a", "b"),
          labels -> labels.get("code").equals("500") ? CounterWatch.BAD : CounterWatch.GOOD);

  @Test
  void growthIsCountedWhereItWasSeen() {
    take("a", "200", 15, 0, 100, 130, 190);

    Past past = counts.failures(List.of("a"), HOUR);

    assertThat(past.stepSeconds()).isEqualTo(15);
    assertThat(past.steps()).isEqualTo(240);
    assertThat(Arrays.copyOf(past.requests()[0], 4)).containsExactly(0, 100, 30, 60);
  }

  @Test
  void aRestartCountsFromZero() {
    take("a", "200", 5, 0, 100, 40, 50);

    assertThat(counts.sum(CounterWatch.GOOD)).isEqualTo(150);
  }

  @Test
  void theFirstFailureOfAPodThatIsKnownCountsAndThatOfANewOneDoesNot() {
    take("a", "200", 5, 7_000, 7_100, 7_200);
    take("a", "500", 5, START.plusSeconds(5), 3, 4);
    take("b", "500", 5, START.plusSeconds(5), 900, 901);

    assertThat(counts.failures(List.of("a", "b"), HOUR).bad()[0]).startsWith(0, 3, 1);
    assertThat(counts.failures(List.of("a", "b"), HOUR).bad()[1]).startsWith(0, 0, 1);
  }

  @Test
  void whatAGapHidesIsCountedAfterIt() {
    take("a", "200", 5, 0, 10, 20);
    take("a", "200", 5, START.plusSeconds(610), 1_220, 1_230);

    assertThat(counts.failures(List.of("a"), HOUR).requests()[0][122]).isEqualTo(1_200);
  }

  @Test
  void theSameSampleInTwoAnswersCountsOnce() {
    take("a", "200", 5, 0, 10, 20);
    take("a", "200", 5, START.plusSeconds(10), 20, 30);

    assertThat(counts.sum(CounterWatch.GOOD)).isEqualTo(30);
  }

  @Test
  void whatIsNoCounterIsLeftOut() {
    ObjectNode series = series("a", "200");
    ArrayNode values = series.putArray("values");
    for (String value : List.of("10", "NaN", "+Inf", "-3", "text", "30")) {
      values.addArray().add(START.getEpochSecond() + 5L * values.size()).add(value);
    }
    counts.accept(series);

    assertThat(counts.sum(CounterWatch.GOOD)).isEqualTo(20);
  }

  @Test
  void scrapesThatComeMillisecondsEarlyOrLateKeepTheirStep() {
    ObjectNode series = series("a", "200");
    ArrayNode values = series.putArray("values");
    double[] late = {0, 0.004, -0.004, 0.003, -0.002, 0.001};
    for (int i = 0; i < 200; i++) {
      double at = START.getEpochSecond() + 7.5 + 15 * i + late[i % late.length];
      values.addArray().add(at).add(Integer.toString(10 * i));
    }
    counts.accept(series);

    int[] requests = counts.failures(List.of("a"), HOUR).requests()[0];

    assertThat(Arrays.stream(requests, 1, 199)).containsOnly(10);
  }

  @Test
  void theStepTakesTheSameNumberOfScrapesEachTime() {
    assertThat(stepOf(1)).isEqualTo(5);
    assertThat(stepOf(5)).isEqualTo(5);
    assertThat(stepOf(10)).isEqualTo(30);
    assertThat(stepOf(15)).isEqualTo(15);
    assertThat(stepOf(20)).isEqualTo(60);
    assertThat(stepOf(7)).isEqualTo(30);
    assertThat(stepOf(60)).isEqualTo(60);
  }

  @Test
  void allTogetherHoldsThePodsThatAreNotCountedApart() {
    take("a", "200", 5, 0, 10);
    take("c", "200", 5, 0, 5);

    assertThat(counts.failures(List.of(PastCounts.TOGETHER), HOUR).requests()[0]).contains(15);
    assertThat(counts.covered()).isEqualTo(HOUR.minusSeconds(5));
  }

  @Test
  void moreSeriesThanFitAreRefusedByName() {
    assertThatThrownBy(
            () -> {
              for (int pod = 0; pod <= 2_000; pod++) {
                take("pod" + pod, "200", 5, 0, 1);
              }
            })
        .hasMessage("more than 2000 series; narrow them with more labels");
  }

  @Test
  void slownessIsWhatItsBucketLacks() {
    PastCounts buckets =
        new PastCounts(START, HOUR, "pod", List.of("a"), labels -> labels.get("code"));
    take(buckets, "a", "0.5", 5, START, 0, 90, 180);
    take(buckets, "a", "+Inf", 5, START, 0, 100, 200);

    Past past = buckets.slower("0.5", List.of("a"), HOUR);

    assertThat(past.requests()[0]).startsWith(0, 100, 100);
    assertThat(past.bad()[0]).startsWith(0, 10, 10);
  }

  private static int stepOf(int scrape) {
    PastCounts own = new PastCounts(START, HOUR, "pod", List.of(), _ -> CounterWatch.GOOD);
    take(own, "a", "200", scrape, START, 0, 1, 2, 3, 4);
    return own.stepSeconds();
  }

  private void take(String pod, String code, int every, long... values) {
    take(pod, code, every, START, values);
  }

  private void take(String pod, String code, int every, Instant from, long... values) {
    take(counts, pod, code, every, from, values);
  }

  private static void take(
      PastCounts counts, String pod, String code, int every, Instant from, long... values) {
    ObjectNode series = series(pod, code);
    ArrayNode samples = series.putArray("values");
    for (int i = 0; i < values.length; i++) {
      samples
          .addArray()
          .add(from.getEpochSecond() + (long) i * every)
          .add(Long.toString(values[i]));
    }
    counts.accept(series);
  }

  private static ObjectNode series(String pod, String code) {
    ObjectNode series = JSON.createObjectNode();
    series.putObject("metric").put("pod", pod).put("code", code).put("instance", pod + ":8080");
    return series;
  }
}

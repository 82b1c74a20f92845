package dev.liftoff.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.liftoff.Payloads;
import dev.liftoff.metrics.Toll.Counter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TollTest {
  private static final Instant START = Instant.parse("2026-03-01T14:02:00Z");
  private static final Toll BEGUN =
      Toll.from(START, Map.of("green:8080", new Counter(2_000, 3)), true);

  @Test
  void whatWasCountedBeforeItBeganIsNobodysRequest() {
    Toll toll = BEGUN.at(after(5), green(2_100, 3));

    assertThat(toll.requests()).isEqualTo(100);
    assertThat(toll.failed()).isZero();
    assertThat(toll.badUntil()).isNull();
    assertThat(toll.exact()).isTrue();
  }

  @Test
  void theFirstFailureIsBetweenTheTwoScrapesAroundIt() {
    Toll toll =
        BEGUN
            .at(after(5), green(2_100, 3))
            .at(after(10), green(2_200, 7))
            .at(after(15), green(2_300, 20));

    assertThat(toll.failed()).isEqualTo(17);
    assertThat(toll.badAfter()).isEqualTo(after(5));
    assertThat(toll.badUntil()).isEqualTo(after(10));
  }

  @Test
  void theSameScrapeTwiceCountsOnce() {
    Toll once = BEGUN.at(after(5), green(2_100, 9));

    assertThat(once.at(after(5), green(2_100, 9))).isEqualTo(once);
    assertThat(once.at(after(4), green(2_050, 9))).isEqualTo(once);
  }

  @Test
  void aCounterThatStartedAgainIsCountedFromZeroAndNotSaidToBeExact() {
    Toll toll = BEGUN.at(after(5), green(40, 2));

    assertThat(toll.requests()).isEqualTo(40);
    assertThat(toll.failed()).isEqualTo(2);
    assertThat(toll.exact()).isFalse();
    assertThat(toll.at(after(10), green(50, 2)).exact()).isFalse();
  }

  @Test
  void aTargetThatComesLaterIsCountedWhole() {
    Toll toll =
        BEGUN.at(
            after(5), Map.of("green:8080", new Counter(2_001, 3), "green:8081", new Counter(7, 1)));

    assertThat(toll.requests()).isEqualTo(8);
    assertThat(toll.failed()).isEqualTo(1);
  }

  @Test
  void aTargetThatIsMissedForAWhileIsNotForgotten() {
    Toll toll =
        BEGUN.at(after(5), Map.of("green:8081", new Counter(0, 0))).at(after(10), green(2_010, 3));

    assertThat(toll.requests()).isEqualTo(10);
  }

  @Test
  void itIsTheSameAfterAPayload() throws JsonProcessingException {
    Toll toll = BEGUN.at(after(5), green(2_100, 9));

    String json = Payloads.mapper().writeValueAsString(toll);

    assertThat(Payloads.mapper().readValue(json, Toll.class)).isEqualTo(toll);
  }

  @Test
  void aSignIsTheFirstLookOfTroubleThatGoesOn() {
    Sign first = Sign.after(null, after(5), List.of(breach()), 1, false);

    assertThat(first)
        .isEqualTo(
            new Sign(after(5), "error-rate is 0.2000, limit: error-rate above 0.05 for 2 min"));
    assertThat(Sign.after(first, after(10), List.of(breach()), 40, false)).isEqualTo(first);
    assertThat(Sign.after(first, after(10), List.of(), 1, true)).as("silence").isEqualTo(first);
    assertThat(Sign.after(first, after(10), List.of(), 1, false)).as("recovery").isNull();
  }

  @Test
  void evidenceIsASignFromFiveOn() {
    assertThat(Sign.after(null, after(5), List.of(), 4.9, false)).isNull();
    assertThat(Sign.after(null, after(5), List.of(), 5.25, false))
        .isEqualTo(new Sign(after(5), "the judge's evidence is 5.25"));
  }

  private static Reading breach() {
    return new Reading(
        Metric.ERROR_RATE,
        0.2,
        "error-rate above 0.05 for PT2M",
        Reading.State.BREACH,
        40,
        START,
        null);
  }

  private static Map<String, Counter> green(long requests, long failed) {
    return Map.of("green:8080", new Counter(requests, failed));
  }

  private static Instant after(int seconds) {
    return START.plusSeconds(seconds);
  }
}

package dev.liftoff.metrics.watched;

import static org.assertj.core.api.Assertions.assertThat;

import dev.liftoff.metrics.Measurement;
import dev.liftoff.metrics.Response;
import dev.liftoff.metrics.watched.Watched.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What follows from one value and what it was. */
class ContrastTest {
  private static final Rule TENTH = new Rule.Within(0.1, 0, Direction.BOTH);

  @ParameterizedTest
  @CsvSource({
    "BOTH, 180, OK", "BOTH, 179.9, BREACH", "BOTH, 220, OK", "BOTH, 220.1, BREACH",
    "UP, 100, OK", "UP, 221, BREACH", "DOWN, 400, OK", "DOWN, 179, BREACH"
  })
  void theAllowedShareIsOfTheReferenceAndBelongsToIt(
      Direction direction, double value, State state) {
    assertThat(seen(new Rule.Within(0.1, 0, direction), value, 200.0).state()).isEqualTo(state);
  }

  @Test
  void aBreachIsOnlyWhatDiffersFromEveryReference() {
    Watched seen = seen(TENTH, 140, 200.0, 198.0);

    assertThat(seen.line())
        .isEqualTo(
            "BREACH request-rate: 140 is beyond 10 % of 200 before the launch (-30 %) and 198 at the same hour 1 day before (-29.3 %)");
    assertThat(seen.concern().orElseThrow().response()).isEqualTo(Response.HOLD);
  }

  @Test
  void whatIsUsualAtThisHourIsNoBreach() {
    Watched seen = seen(TENTH, 140, 200.0, 150.0);

    assertThat(seen.line())
        .isEqualTo(
            "OK request-rate: 140 is within 10 % of 150 at the same hour 1 day before (-6.7 %)");
    assertThat(seen.concern()).isEmpty();
  }

  @Test
  void aReferenceThatNobodyMeasuredExcusesNothing() {
    assertThat(seen(TENTH, 140, 200.0, null).state()).isEqualTo(State.BREACH);
    assertThat(seen(TENTH, 195, null, 200.0).state()).isEqualTo(State.OK);
  }

  @Test
  void withoutAnyReferenceItIsNoDataAndNeitherGreenNorABreach() {
    Watched seen = seen(TENTH, 140, null, null);

    assertThat(seen.state()).isEqualTo(State.NO_DATA);
    assertThat(seen.reason())
        .isEqualTo(
            "140 has nothing to be compared with: before the launch: away; at the same hour 1 day before: away");
    assertThat(seen.asks()).isTrue();
    assertThat(seen.concern()).isEmpty();
  }

  @Test
  void whatIsNotMeasuredNowIsNoDataWhateverItWas() {
    Watched seen =
        Contrast.of(
            thing(TENTH),
            new Measurement.Missing("prometheus is away"),
            references(200.0),
            Instant.EPOCH);

    assertThat(seen.line()).isEqualTo("NO DATA request-rate: not measured: prometheus is away");
  }

  @Test
  void ofNothingThereIsNoShareButASlack() {
    assertThat(seen(TENTH, 3, 0.0).state()).isEqualTo(State.NO_DATA);

    Rule slack = new Rule.Within(0.1, 0.005, Direction.UP);
    assertThat(seen(slack, 0.004, 0.0).state()).isEqualTo(State.OK);
    assertThat(seen(slack, 0.006, 0.0).reason())
        .isEqualTo("0.006 is beyond 10 % or 0.005 of 0 before the launch");
    assertThat(seen(slack, 0.106, 0.1).state()).as("the larger of both").isEqualTo(State.OK);
  }

  @Test
  void aBoundNeedsNoReferenceAndTakesNoExcuse() {
    Rule full = new Rule.Bounds(0.8, null);

    assertThat(seen(full, 0.8, (Double) null).reason()).isEqualTo("0.8 is not above 0.8");
    assertThat(seen(full, 0.81, 0.9).reason()).isEqualTo("0.81 is above 0.8");
    assertThat(seen(full, 0.81, 0.9).state()).isEqualTo(State.BREACH);
    assertThat(seen(new Rule.Bounds(9.0, 2.0), 1.5, 5.0).reason()).isEqualTo("1.5 is below 2");
    assertThat(seen(new Rule.Bounds(9.0, 2.0), 5, 5.0).reason())
        .isEqualTo("5 is not above 9 and not below 2");
  }

  @Test
  void memoryThatGrowsIsABreachUnlessItAlwaysDoesAtThisHour() {
    Rule trend = new Rule.Trend(0.05);

    assertThat(seen(trend, 0.12, 0.001, 0.002).reason())
        .isEqualTo(
            "grows by 12 % an hour, 5 % may be; it was 0.1 % before the launch and 0.2 % at the same hour 1 day before");
    assertThat(seen(trend, 0.12, 0.001, 0.11).line())
        .isEqualTo(
            "OK request-rate: grows by 12 % an hour, 5 % may be, but it was 11 % at the same hour 1 day before");
    assertThat(seen(trend, 0.5, 0.11).state())
        .as("excused as much as it grew before")
        .isEqualTo(State.BREACH);
    assertThat(seen(trend, 0.12, -0.5).state()).isEqualTo(State.BREACH);
    assertThat(seen(trend, 0.12, (Double) null).state()).isEqualTo(State.BREACH);
    assertThat(seen(trend, 0.05, (Double) null).state()).isEqualTo(State.OK);
  }

  private static Watched seen(Rule rule, double value, Double... past) {
    return Contrast.of(thing(rule), new Measurement.Value(value), references(past), Instant.EPOCH);
  }

  private static Thing thing(Rule rule) {
    return new Thing("request-rate", "rate", rule, Duration.ofMinutes(5), Response.HOLD);
  }

  private static List<Reference> references(Double... past) {
    List<String> when = List.of(Reference.BEFORE, Reference.days(1));
    return Arrays.stream(new Integer[] {0, 1})
        .filter(i -> i < past.length)
        .map(i -> new Reference(when.get(i), past[i], past[i] == null ? "away" : null))
        .toList();
  }
}

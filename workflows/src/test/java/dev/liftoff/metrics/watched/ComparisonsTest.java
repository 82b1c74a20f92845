package dev.liftoff.metrics.watched;

import static org.assertj.core.api.Assertions.assertThat;

import dev.liftoff.container.Slot;
import dev.liftoff.metrics.Measurement;
import dev.liftoff.metrics.Response;
import dev.liftoff.metrics.watched.Watched.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Which times are compared, and of which slot. */
class ComparisonsTest {
  private static final Instant ZERO = Instant.parse("2026-03-03T10:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);

  private final List<Ask> asked = new ArrayList<>();
  private Function<Ask, Measurement> monitoring = _ -> new Measurement.Value(100);

  @Test
  void aBaselineIsTheHourBeforeOfTheSlotThatServes() {
    Baselines before = comparisons(bySlot()).before(Slot.BLUE, ZERO);

    assertThat(asked)
        .containsExactly(
            new Ask(bySlot(), Slot.BLUE, new Span(ZERO.minus(Duration.ofHours(1)), ZERO)));
    assertThat(before.of(bySlot())).isEqualTo(new Reference("before the launch", 100.0, null));
  }

  @Test
  void aQuarterOfAnHourAfterTheLaunchYesterdayAndTheWeekBeforeAreAskedAround() {
    Watched seen = compare(plain(), ZERO.plus(Duration.ofMinutes(15)));

    assertThat(asked.stream().map(Ask::span))
        .containsExactly(
            new Span(ZERO.plusSeconds(600), ZERO.plusSeconds(900)),
            hourAround(ZERO.plusSeconds(900).minus(DAY)),
            hourAround(ZERO.plusSeconds(900).minus(DAY.multipliedBy(7))));
    assertThat(seen.references().stream().map(Reference::when))
        .containsExactly(
            "before the launch", "at the same hour 1 day before", "at the same hour 7 days before");
  }

  @Test
  void theCandidateIsNeverItsOwnReference() {
    Watched seen = compare(plain(), ZERO.plus(Duration.ofHours(48)));

    assertThat(asked.stream().skip(1).map(ask -> ask.span().to()))
        .hasSize(2)
        .allSatisfy(end -> assertThat(end).isBeforeOrEqualTo(ZERO));
    assertThat(seen.references().get(1).when()).isEqualTo("at the same hour 3 days before");
  }

  @Test
  void aLaunchThatIsWatchedForWeeksGoesFartherBack() {
    compare(plain(), ZERO.plus(Duration.ofDays(7)));

    assertThat(asked.stream().skip(1).map(ask -> Duration.between(ask.span().to(), ZERO)))
        .containsExactly(
            Duration.ofMinutes(-30).plus(DAY), Duration.ofMinutes(-30).plus(DAY.multipliedBy(7)));
  }

  @Test
  void onADayBeforeTheOtherSlotMayHaveServed() {
    monitoring =
        ask ->
            ask.span().to().isAfter(ZERO)
                ? new Measurement.Value(100)
                : ask.slot() == Slot.BLUE ? new Measurement.Value(0) : new Measurement.Value(104);

    Watched seen = compare(bySlot(), ZERO.plus(Duration.ofMinutes(15)));

    assertThat(seen.references().get(1).value()).isEqualTo(104);
    assertThat(asked.stream().map(Ask::slot))
        .containsExactly(Slot.GREEN, Slot.BLUE, Slot.GREEN, Slot.BLUE, Slot.GREEN);
  }

  @Test
  void beforeItHasServedForLongEnoughNothingIsSaidOfIt() {
    Watched seen = compare(plain(), ZERO.plus(Duration.ofSeconds(299)));

    assertThat(asked).isEmpty();
    assertThat(seen.line())
        .isEqualTo("NOT YET queue: green has all traffic for 4 min, 5 min are needed");
    assertThat(seen.asks()).isFalse();
  }

  @Test
  void aWrongThingMakesNoOtherDoubtful() {
    Thing wrong = new Thing("wrong", "(", plain().rule(), plain().over(), Response.HOLD);
    monitoring =
        ask ->
            ask.thing().equals(wrong)
                ? new Measurement.Missing("parse error")
                : new Measurement.Value(100);

    List<Watched> seen =
        comparisons(wrong, plain()).compare(look(), ZERO.plus(Duration.ofMinutes(15)));

    assertThat(seen.stream().map(Watched::state)).containsExactly(State.NO_DATA, State.OK);
  }

  private Watched compare(Thing thing, Instant now) {
    return comparisons(thing).compare(look(), now).getFirst();
  }

  private Comparisons comparisons(Thing... things) {
    return new Comparisons(
        new WatchedSpec(Duration.ofHours(1), List.of(things)),
        asks -> {
          asked.addAll(asks);
          return asks.stream().map(monitoring).toList();
        });
  }

  private static LookBack look() {
    return new LookBack(Slot.GREEN, ZERO, Baselines.none(Slot.BLUE, ZERO, List.of(), ""));
  }

  private static Span hourAround(Instant middle) {
    return new Span(middle.minus(Duration.ofMinutes(30)), middle.plus(Duration.ofMinutes(30)));
  }

  private static Thing plain() {
    return thing("sum(queue_length)");
  }

  private static Thing bySlot() {
    return thing("sum(queue_length{slot=\"{slot}\"})");
  }

  private static Thing thing(String query) {
    return new Thing(
        "queue",
        query,
        new Rule.Within(0.1, 0, Direction.BOTH),
        Duration.ofMinutes(5),
        Response.HOLD);
  }
}

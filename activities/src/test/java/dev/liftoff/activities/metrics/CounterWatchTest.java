package dev.liftoff.activities.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.liftoff.Payloads;
import dev.liftoff.activities.judge.Arm;
import dev.liftoff.activities.judge.Calibration;
import dev.liftoff.activities.judge.Factor;
import dev.liftoff.activities.judge.Method;
import dev.liftoff.activities.metrics.Counters.Step;
import dev.liftoff.container.Slot;
import dev.liftoff.metrics.JudgeSpec;
import dev.liftoff.metrics.SlotSelector;
import dev.liftoff.metrics.Verdict;
import dev.liftoff.traffic.Weight;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From raw counters to a verdict. */
class CounterWatchTest {
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  private static final JudgeSpec FAST =
      ShopCounters.spec(JudgeSpec.Vote.ERROR, Duration.ofSeconds(5), Duration.ofMinutes(1));

  private final ShopCounters shop = new ShopCounters();
  private CounterWatch watch = ShopCounters.watch(FAST);
  private int second;

  @Test
  void theFirstLookIsOnlyWhereCountingStarts() {
    look(1_000_000, 900_000, 10, 10);

    assertThat(watch.verdict()).isEqualTo(new Verdict.NotYet("nothing is compared yet"));
    assertThat(watch.evidence()).isEqualTo(1.0);
  }

  @Test
  void errorsOnlyOnTheCandidateAreAFailThatNamesThem() {
    look(0, 0, 0, 0);
    for (int i = 0; i < 3; i++) {
      look(250, 15, 750, 0);
    }

    assertThat(watch.failed()).isTrue();
    assertThat(watch.verdict())
        .isInstanceOfSatisfying(
            Verdict.Fail.class,
            fail ->
                assertThat(fail.reason())
                    .startsWith("errors: the candidate is worse than the baseline, evidence "));
  }

  @Test
  void errorsThatBothSidesHaveAreNobodysFault() {
    look(0, 0, 0, 0);
    for (int i = 0; i < 200; i++) {
      look(250, 50, 750, 150);
    }

    assertThat(watch.failed()).isFalse();
    assertThat(watch.verdict()).isNotInstanceOf(Verdict.Fail.class);
  }

  @Test
  void aCandidateAsGoodAsTheBaselineIsCertifiedAfterTheBakeAndNotBefore() {
    look(0, 0, 0, 0);
    while (second < 60) {
      look(2_500, 2, 7_500, 6);
      assertThat(watch.verdict()).isNotInstanceOf(Verdict.Pass.class);
    }
    for (int i = 0; i < 60; i++) {
      look(2_500, 2, 7_500, 6);
    }

    assertThat(watch.verdict()).isEqualTo(new Verdict.Pass());
    assertThat(watch.words()).isEqualTo("the judge has certified the candidate");
  }

  @Test
  void aRestartCountsFromZeroAndNotBackwards() {
    look(1_000, 0, 3_000, 0);
    look(1_000, 10, 3_000, 0);
    shop.restart(Slot.GREEN);

    assertThat(counted(40, 2, 3_000, 0)).isEqualTo(List.of(38.0, 2.0, 3_000.0));
  }

  @Test
  void theFirstFailureOfASeriesThatDidNotExistCounts() {
    look(1_000, 0, 3_000, 0);

    assertThat(counted(100, 7, 300, 0)).isEqualTo(List.of(93.0, 7.0, 300.0));
  }

  @Test
  void aTargetThatIsNewBringsNoHistoryWithIt() {
    look(100, 0, 300, 0);
    shop.scrape(START.plusSeconds(50));
    List<Answer.Sample> samples = new ArrayList<>(((Answer.Matrix) shop.answer()).newest());
    samples.add(
        new Answer.Sample(
            Map.of("slot", "blue", "code", "200", "instance", "late:8080"),
            START.plusSeconds(50),
            "5000000"));

    Step step = watch.docket().requests().after(new Answer.Matrix(samples), ShopCounters.SORTER);

    assertThat(((Step.Moved) step).increase().of(Slot.BLUE, CounterWatch.GOOD)).isZero();
  }

  @Test
  void withoutANewScrapeNothingIsCounted() {
    look(0, 0, 0, 0);
    look(250, 15, 750, 0);
    Docket before = watch.docket();

    watch = shop.apply(watch);

    assertThat(watch.docket()).isEqualTo(before);
  }

  @Test
  void aGapIsNoDataAndTheNextLookCoversIt() {
    look(0, 0, 0, 0);
    look(250, 0, 750, 0);
    double before = watch.evidence();

    watch = gap(new Answer.Refused("prometheus does not answer in time"));

    assertThat(watch.verdict())
        .isEqualTo(
            new Verdict.NoData("the judge sees nothing: prometheus does not answer in time"));
    assertThat(watch.blind()).isTrue();
    assertThat(watch.evidence()).isEqualTo(before);
    second += 720;
    look(36_000, 500, 108_000, 30);
    assertThat(watch.failed()).isTrue();
  }

  @Test
  void aGapAloneNeverFails() {
    look(0, 0, 0, 0);
    for (int i = 0; i < 1_000; i++) {
      watch = gap(new Answer.Matrix(List.of()));
    }
    second += 5_000;
    look(250_000, 250, 750_000, 750);

    assertThat(watch.verdict()).isNotInstanceOf(Verdict.Fail.class);
    assertThat(watch.blind()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "+Inf", "-Inf", "-1", "a histogram", ""})
  void whatIsNoCounterIsAGap(String value) {
    look(0, 0, 0, 0);

    watch =
        gap(
            new Answer.Matrix(
                List.of(
                    shop.sample(Slot.BLUE, "200", "10"), shop.sample(Slot.GREEN, "200", value))));

    assertThat(watch.verdict())
        .isEqualTo(
            new Verdict.NoData(
                "the judge sees nothing: http_requests_total is "
                    + value
                    + ", which no counter is"));
  }

  @Test
  void aSideThatIsMissingIsAGap() {
    look(0, 0, 0, 0);

    watch = gap(new Answer.Matrix(List.of(shop.sample(Slot.BLUE, "200", "10"))));

    assertThat(watch.verdict())
        .isEqualTo(
            new Verdict.NoData(
                "the judge sees nothing: no fresh sample of http_requests_total{slot=\"green\"}"));
  }

  @Test
  void numbersInsteadOfCountersAreAGap() {
    watch = gap(new Answer.Vector(List.of(shop.sample(Slot.BLUE, "200", "10"))));

    assertThat(watch.blind()).isTrue();
  }

  @Test
  void moreSeriesThanCanBeCarriedAreAGap() {
    List<Answer.Sample> many = new ArrayList<>();
    for (int i = 0; i < 501; i++) {
      many.add(shop.sample(Slot.BLUE, Integer.toString(i), "1"));
    }

    watch = gap(new Answer.Matrix(many));

    assertThat(watch.verdict())
        .isEqualTo(
            new Verdict.NoData(
                "the judge sees nothing: 501 series are more than 500; narrow them with more labels"));
  }

  @Test
  void whatWasFoundStaysWhateverFollows() {
    look(0, 0, 0, 0);
    for (int i = 0; i < 3; i++) {
      look(250, 15, 750, 0);
    }
    Verdict found = watch.verdict();

    watch = gap(new Answer.Refused("gone"));

    assertThat(watch.verdict()).isEqualTo(found);
  }

  @Test
  void whatIsRememberedIsTheSameToTheBitWhenItIsReadAgain() throws JsonProcessingException {
    CounterWatch copied = watch;
    for (int i = 0; i < 50; i++) {
      shop.serve(Slot.GREEN, 333, i % 3).serve(Slot.BLUE, 997, i % 5);
      shop.scrape(START.plusSeconds(second += 5));
      watch = shop.apply(watch);
      String json = Payloads.mapper().writeValueAsString(copied.docket());
      copied = shop.apply(copied.with(Docket.read(Payloads.mapper().readTree(json))));
    }

    assertThat(copied.docket()).isEqualTo(watch.docket());
    assertThat(Double.doubleToLongBits(copied.evidence()))
        .isEqualTo(Double.doubleToLongBits(watch.evidence()))
        .isNotEqualTo(Double.doubleToLongBits(1.0));
    assertThat(copied.docket().json().toString()).isEqualTo(watch.docket().json().toString());
  }

  @Test
  void whatCannotBeReadIsJudgedAnew() {
    assertThat(Docket.read(Payloads.mapper().createObjectNode().put("requests", 7)))
        .isEqualTo(Docket.EMPTY);
  }

  @Test
  void theFirstMinuteOfTrafficIsNotComparedAndTheNextIs() {
    watch = ShopCounters.watch(spec(Duration.ofMinutes(1), false, null));
    look(0, 0, 0, 0);
    while (second < 65) {
      look(250, 15, 750, 0);
    }

    assertThat(watch.evidence()).isEqualTo(1.0);
    assertThat(watch.verdict())
        .isEqualTo(new Verdict.NotYet("nothing is compared in the first 60 s of traffic"));
    for (int i = 0; i < 3; i++) {
      look(250, 15, 750, 0);
    }
    assertThat(watch.failed()).isTrue();
  }

  @Test
  void theBakeBeginsAfterTheFirstMinute() {
    watch =
        ShopCounters.watch(spec(Duration.ofMinutes(1), false, new JudgeSpec.Ceiling(0.05, 100)));
    look(0, 0, 0, 0);
    while (second < 120) {
      look(25_000, 20, 75_000, 60);
    }

    assertThat(watch.verdict()).isEqualTo(new Verdict.NotYet("judged for 55 of 60 s"));
  }

  @Test
  void aGapThatBeganInTheFirstMinuteIsComparedAllTheSame() {
    watch = ShopCounters.watch(spec(Duration.ofMinutes(1), false, null));
    look(0, 0, 0, 0);
    second += 600;

    look(30_000, 1_000, 90_000, 90);

    assertThat(watch.failed()).isTrue();
  }

  @Test
  void aCeilingHoldsInTheFirstMinuteToo() {
    watch =
        ShopCounters.watch(
            spec(Duration.ofMinutes(1), false, new JudgeSpec.Ceiling(0.05, 100)), new Weight(25));
    look(0, 0, 0, 0);
    for (int i = 0; i < 6; i++) {
      look(250, 50, 750, 0);
    }

    assertThat(watch.verdict()).isInstanceOf(Verdict.Fail.class);
  }

  @Test
  void trafficThatDoesNotFollowItsWeightHoldsAndBothNumbersAreSaid() {
    watch = ShopCounters.watch(spec(Duration.ZERO, true, null), new Weight(25));
    look(0, 0, 0, 0);
    for (int i = 0; i < 60; i++) {
      look(310, 0, 690, 0);
    }

    assertThat(watch.verdict())
        .isInstanceOfSatisfying(
            Verdict.Hold.class,
            hold -> assertThat(hold.reason()).startsWith("traffic share is 31 %, not 25 %"));
    assertThat(watch.words())
        .startsWith("the judge holds: traffic share is 31 %")
        .endsWith("; it served 31 % of 59000 requests");
  }

  @Test
  void countersThatCountMoreThanUsersAreNotHeldAgainstTheWeight() {
    watch = ShopCounters.watch(spec(Duration.ZERO, false, null), new Weight(25));
    look(0, 0, 0, 0);
    for (int i = 0; i < 60; i++) {
      look(310, 0, 690, 0);
    }

    assertThat(watch.verdict()).isNotInstanceOf(Verdict.Hold.class);
    assertThat(watch.words()).endsWith("; it served 31 % of 59000 requests");
  }

  @Test
  void atANewWeightTheShareBeginsAnewAndWhatIsInBetweenIsNobodys() {
    JudgeSpec spec = spec(Duration.ZERO, true, null);
    watch = ShopCounters.watch(spec, new Weight(10));
    look(0, 0, 0, 0);
    for (int i = 0; i < 60; i++) {
      look(200, 0, 800, 0);
    }
    assertThat(watch.verdict()).isInstanceOf(Verdict.Hold.class);

    watch = new CounterWatch(spec, Slot.GREEN, new Weight(50), watch.docket());
    look(200, 0, 800, 0);
    look(200, 0, 800, 0);
    for (int i = 0; i < 60; i++) {
      look(500, 0, 500, 0);
    }

    assertThat(watch.verdict()).isNotInstanceOf(Verdict.Hold.class);
    assertThat(watch.words()).endsWith("; it served 50 % of 60000 requests");
  }

  @Test
  void withoutControlTheCeilingFailsAloneAndSoon() {
    watch = alone(new JudgeSpec.Ceiling(0.05, 100));
    look(0, 0, 0, 0);
    for (int i = 0; i < 3; i++) {
      look(500, 75, 0, 0);
    }

    assertThat(watch.verdict())
        .isInstanceOfSatisfying(
            Verdict.Fail.class,
            fail -> assertThat(fail.reason()).startsWith("error rate: the candidate is above 5 %"));
  }

  @Test
  void belowTheCeilingNothingFailsAndTheLimitsDecide() {
    watch = alone(new JudgeSpec.Ceiling(0.05, 100));
    look(0, 0, 0, 0);
    for (int i = 0; i < 500; i++) {
      look(500, 20, 0, 0);
    }

    assertThat(watch.verdict()).isEqualTo(new Verdict.Pass());
    assertThat(watch.words())
        .startsWith("the judge has no control")
        .contains("more than 5 % of failed requests as soon as that is certain");
  }

  @Test
  void aCeilingWaitsForItsRequests() {
    watch = alone(new JudgeSpec.Ceiling(0.05, 2_000));
    look(0, 0, 0, 0);
    for (int i = 0; i < 15; i++) {
      look(100, 50, 0, 0);
      assertThat(watch.failed()).isFalse();
    }
    for (int i = 0; i < 6; i++) {
      look(100, 50, 0, 0);
    }

    assertThat(watch.failed()).isTrue();
  }

  @Test
  void whatTheBaselineSuffersTooIsAboveNobodysCeiling() {
    watch =
        ShopCounters.watch(
            spec(Duration.ZERO, false, new JudgeSpec.Ceiling(0.05, 100)), new Weight(25));
    look(0, 0, 0, 0);
    for (int i = 0; i < 100; i++) {
      look(250, 75, 750, 225);
    }

    assertThat(watch.failed()).isFalse();
  }

  @Test
  void withoutControlTheBaselineNeedNotBeSeenButTheCandidateMust() {
    watch = alone(new JudgeSpec.Ceiling(0.05, 100));
    watch = only(Slot.GREEN);
    assertThat(watch.blind()).isFalse();

    watch = only(Slot.BLUE);

    assertThat(watch.verdict())
        .isEqualTo(
            new Verdict.NoData(
                "the judge sees nothing: no fresh sample of http_requests_total{slot=\"green\"}"));
  }

  @Test
  void autoCountsAsItLearnedAndElseWithCaution() {
    JudgeSpec auto =
        ShopCounters.spec(JudgeSpec.Vote.AUTO, Duration.ofMinutes(1), Duration.ofMinutes(1));
    Calibration fast = new Calibration(new Method(Factor.COUNT, 5, false), 1, 9, 216, 1.9);
    CounterWatch unknown = ShopCounters.watch(auto);
    CounterWatch learned =
        unknown.with(unknown.docket().judgedBy(new Chosen(fast, fast, fast.method())));
    shop.scrape(START);
    unknown = shop.apply(unknown);
    learned = shop.apply(learned);
    for (int at = 5; at <= 15; at += 5) {
      shop.serve(Slot.GREEN, 250, 15).serve(Slot.BLUE, 750, 0).scrape(START.plusSeconds(at));
      unknown = shop.apply(unknown);
      learned = shop.apply(learned);
    }

    assertThat(learned.failed()).isTrue();
    assertThat(unknown.failed()).isFalse();
    assertThat(unknown.evidence()).as("no batch of 60 s yet").isEqualTo(1.0);
  }

  @Test
  void errorsAreFoundBesideABaselineThatHasNone() {
    watch = spotless();
    shop.scrape(START);
    watch = shop.apply(watch);
    int seconds = 0;
    while (!watch.failed() && seconds < 3_600) {
      seconds += 5;
      shop.serve(Slot.GREEN, 250, seconds % 10 == 0 ? 5 : 0)
          .serve(Slot.BLUE, 750, 0)
          .scrape(START.plusSeconds(seconds));
      watch = shop.apply(watch);
    }

    assertThat(seconds).as("1 % of errors, batches of a minute").isLessThanOrEqualTo(300);
    assertThat(watch.verdict())
        .isInstanceOfSatisfying(
            Verdict.Fail.class,
            fail ->
                assertThat(fail.reason())
                    .startsWith("errors: the candidate fails where the baseline hardly does"));
  }

  @Test
  void aFewErrorsBesideNoneAndOneClumpAreTolerated() {
    watch = spotless();
    shop.scrape(START);
    watch = shop.apply(watch);
    for (int seconds = 5; seconds <= 7_200; seconds += 5) {
      long bad = seconds == 600 ? 40 : seconds % 60 == 0 ? 1 : 0;
      shop.serve(Slot.GREEN, 250, bad).serve(Slot.BLUE, 750, 0).scrape(START.plusSeconds(seconds));
      watch = shop.apply(watch);
    }

    assertThat(watch.failed()).isFalse();
  }

  private static CounterWatch spotless() {
    CounterWatch empty =
        ShopCounters.watch(
            ShopCounters.spec(JudgeSpec.Vote.AUTO, Duration.ofMinutes(1), Duration.ofMinutes(1)));
    return empty.with(Docket.EMPTY.opened(new Docket.Opening(new Arm(90_000, 0), Map.of())));
  }

  @Test
  void podsAreToldApartByTheLabelOfThePlan() {
    Sorter byPod =
        new Sorter(SlotSelector.parse(ShopCounters.REQUESTS), "pod", _ -> CounterWatch.GOOD);
    Counters before = first(byPod, 0);

    Step step = before.after(pods(100), byPod);

    assertThat(((Step.Moved) step).increase().groups(Slot.BLUE))
        .containsExactly("blue a", "blue b", "blue c");
  }

  private Counters first(Sorter sorter, int value) {
    return ((Step.First) Counters.NONE.after(pods(value), sorter)).now();
  }

  private static Answer pods(int value) {
    List<Answer.Sample> samples = new ArrayList<>();
    for (String pod : List.of("a", "b", "c")) {
      for (Slot slot : Slot.values()) {
        samples.add(
            new Answer.Sample(
                Map.of("slot", slot.word(), "pod", pod, "instance", "proxy:8404"),
                START.plusSeconds(value),
                Integer.toString(value)));
      }
    }
    return new Answer.Matrix(samples);
  }

  private CounterWatch only(Slot slot) {
    second += 5;
    Answer answer =
        new Answer.Matrix(
            List.of(
                new Answer.Sample(
                    Map.of("slot", slot.word(), "code", "200", "instance", slot.word()),
                    START.plusSeconds(second),
                    "10")));
    return watch.see(
        watch.docket().requests().after(answer, ShopCounters.SORTER, watch.needed()), null);
  }

  private static CounterWatch alone(JudgeSpec.Ceiling ceiling) {
    return ShopCounters.watch(spec(Duration.ZERO, true, ceiling), Weight.ALL);
  }

  private static JudgeSpec spec(Duration discard, boolean share, JudgeSpec.Ceiling ceiling) {
    return new JudgeSpec(
        FAST.requests(),
        FAST.errors(),
        null,
        FAST.vote(),
        FAST.batch(),
        FAST.minimumBake(),
        FAST.maximumBake(),
        JudgeSpec.GROUPS,
        JudgeSpec.HISTORY,
        discard,
        share,
        ceiling);
  }

  private void look(long green, long greenBad, long blue, long blueBad) {
    shop.serve(Slot.GREEN, green, greenBad).serve(Slot.BLUE, blue, blueBad);
    shop.scrape(START.plusSeconds(second += 5));
    watch = shop.apply(watch);
  }

  private CounterWatch gap(Answer answer) {
    return watch.see(watch.docket().requests().after(answer, ShopCounters.SORTER), null);
  }

  /** Good and bad of green, good of blue. */
  private List<Double> counted(long green, long greenBad, long blue, long blueBad) {
    shop.serve(Slot.GREEN, green, greenBad).serve(Slot.BLUE, blue, blueBad);
    shop.scrape(START.plusSeconds(second += 5));
    Step step = watch.docket().requests().after(shop.answer(), ShopCounters.SORTER);
    Increase increase = ((Step.Moved) step).increase();
    return List.of(
        increase.of(Slot.GREEN, CounterWatch.GOOD),
        increase.of(Slot.GREEN, CounterWatch.BAD),
        increase.of(Slot.BLUE, CounterWatch.GOOD));
  }
}

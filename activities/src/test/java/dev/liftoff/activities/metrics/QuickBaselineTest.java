package dev.liftoff.activities.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.liftoff.activities.judge.Arm;
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
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Latency beside a baseline that answers nearly everything at once: there is no ratio to it. */
class QuickBaselineTest {
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  private static final String BUCKETS = "http_request_duration_seconds_bucket{slot=\"{slot}\"}";
  private static final Sorter SORTER = new Sorter(SlotSelector.parse(BUCKETS), CounterEyes::bucket);
  private static final Arm HARDLY_ANY = new Arm(60_000, 30);
  private static final Arm NONE = new Arm(60_000, 0);

  private final ShopCounters requests = new ShopCounters();
  private final Map<Slot, Long> all = new TreeMap<>(Map.of(Slot.BLUE, 0L, Slot.GREEN, 0L));
  private final Map<Slot, Long> fast = new TreeMap<>(all);
  private CounterWatch watch = watch(JudgeSpec.Vote.ERROR, Map.of("0.1", HARDLY_ANY));
  private int second;

  @Test
  void aCandidateThatBecomesSlowFailsInSecondsWhenThePlanCountsBySeconds() {
    watch = watch(JudgeSpec.Vote.ERROR, Map.of("0.1", NONE));
    pass(10, 0, 0);

    pass(8, 37, 0);

    assertThat(watch.verdict())
        .isInstanceOfSatisfying(
            Verdict.Fail.class,
            fail ->
                assertThat(fail.reason())
                    .startsWith("slower than 0.1 s: the candidate is worse than the baseline"));
  }

  @Test
  void aCandidateThatBecomesSlowFailsInMinutesWithTheCautiousBatches() {
    watch = watch(JudgeSpec.Vote.AUTO, Map.of("0.1", HARDLY_ANY));
    pass(120, 0, 0);

    pass(240, 4, 0);

    assertThat(watch.failed()).as("a tenth of the requests").isTrue();
  }

  @Test
  void pausesThatEveryServiceHasFailNobody() {
    watch = watch(JudgeSpec.Vote.AUTO, Map.of("0.1", HARDLY_ANY));

    for (int pause = 0; pause < 8; pause++) {
      pass(885, 0, 0);
      pass(15, 11, 0);
    }

    assertThat(watch.failed()).isFalse();
  }

  @Test
  void whatBothSufferFailsNobody() {
    pass(10, 0, 0);

    pass(60, 37, 112);

    assertThat(watch.failed()).isFalse();
  }

  @Test
  void aBaselineWithoutABucketToCompareByIsSaid() {
    watch = watch(JudgeSpec.Vote.ERROR, Map.of());
    pass(3, 0, 0);

    assertThat(watch.words()).contains("; latency is not compared: ");
    watch = watch(JudgeSpec.Vote.ERROR, Map.of("0.1", HARDLY_ANY));
    pass(3, 0, 0);
    assertThat(watch.words()).doesNotContain("not compared");
  }

  /** 150 requests a second, a quarter of them on green; of each slot so many are slow. */
  private void pass(int seconds, long slowGreen, long slowBlue) {
    for (int i = 0; i < seconds; i++) {
      second++;
      requests.serve(Slot.GREEN, 37, 0).serve(Slot.BLUE, 112, 0).scrape(now());
      serve(Slot.GREEN, 37, slowGreen);
      serve(Slot.BLUE, 112, slowBlue);
      watch =
          watch.see(
              watch.docket().requests().after(requests.answer(), ShopCounters.SORTER),
              watch.docket().durations().after(answer(), SORTER));
    }
  }

  private void serve(Slot slot, long served, long slow) {
    all.merge(slot, served, Long::sum);
    fast.merge(slot, served - slow, Long::sum);
  }

  private Answer answer() {
    List<Answer.Sample> samples = new ArrayList<>();
    fast.forEach((slot, value) -> samples.add(sample(slot, "0.1", value)));
    all.forEach((slot, value) -> samples.add(sample(slot, CounterWatch.ALL, value)));
    return new Answer.Matrix(samples);
  }

  private Answer.Sample sample(Slot slot, String boundary, long value) {
    return new Answer.Sample(
        Map.of(
            "slot", slot.word(), CounterEyes.BUCKET, boundary, "instance", slot.word() + ":8080"),
        now(),
        Long.toString(value));
  }

  private Instant now() {
    return START.plusSeconds(second);
  }

  private static CounterWatch watch(JudgeSpec.Vote vote, Map<String, Arm> slow) {
    JudgeSpec spec =
        new JudgeSpec(
            ShopCounters.REQUESTS,
            "code=~\"5..\"",
            BUCKETS,
            vote,
            Duration.ofSeconds(1),
            Duration.ofHours(2),
            Duration.ofHours(3));
    return new CounterWatch(
        spec,
        Slot.GREEN,
        new Weight(25),
        Docket.EMPTY.opened(new Docket.Opening(new Arm(60_000, 60), slow)));
  }
}

package dev.liftoff.activities.metrics;

import dev.liftoff.container.Slot;
import dev.liftoff.metrics.JudgeSpec;
import dev.liftoff.metrics.LabelMatcher;
import dev.liftoff.metrics.SlotSelector;
import dev.liftoff.traffic.Weight;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Counters of a service on both slots, as Prometheus would answer them. */
public final class ShopCounters implements UnaryOperator<CounterWatch> {
  static final String REQUESTS = "http_requests_total{slot=\"{slot}\"}";
  private static final LabelMatcher ERRORS = LabelMatcher.parse("code=~\"5..\"");
  static final Sorter SORTER =
      new Sorter(
          SlotSelector.parse(REQUESTS),
          labels -> ERRORS.matches(labels) ? CounterWatch.BAD : CounterWatch.GOOD);

  private final Map<Slot, Long> good = new TreeMap<>(Map.of(Slot.BLUE, 0L, Slot.GREEN, 0L));
  private final Map<Slot, Long> bad = new TreeMap<>();
  private Instant scraped = Instant.parse("2026-03-01T12:00:00Z");

  /** Requests that ended until now, and how many of them failed. */
  public ShopCounters serve(Slot slot, long requests, long failed) {
    good.merge(slot, requests - failed, Long::sum);
    if (failed > 0) {
      bad.merge(slot, failed, Long::sum);
    }
    return this;
  }

  /** What is served from now on is in the next scrape. */
  public ShopCounters scrape(Instant at) {
    scraped = at;
    return this;
  }

  ShopCounters restart(Slot slot) {
    good.put(slot, 0L);
    bad.computeIfPresent(slot, (_, _) -> 0L);
    return this;
  }

  Answer answer() {
    List<Answer.Sample> samples = new ArrayList<>();
    good.forEach((slot, value) -> samples.add(sample(slot, "200", value.toString())));
    bad.forEach((slot, value) -> samples.add(sample(slot, "500", value.toString())));
    return new Answer.Matrix(samples);
  }

  Answer.Sample sample(Slot slot, String code, String value) {
    return new Answer.Sample(
        Map.of("slot", slot.word(), "code", code, "instance", slot.word() + ":8080"),
        scraped,
        value);
  }

  @Override
  public CounterWatch apply(CounterWatch before) {
    return before.see(before.docket().requests().after(answer(), SORTER, before.needed()), null);
  }

  /** A comparison by errors that begins now, with nothing known of the time before. */
  static CounterWatch watch(JudgeSpec spec) {
    return watch(spec, null);
  }

  static CounterWatch watch(JudgeSpec spec, @Nullable Weight weight) {
    return new CounterWatch(
        spec,
        Slot.GREEN,
        weight,
        Docket.EMPTY.opened(
            new Docket.Opening(new dev.liftoff.activities.judge.Arm(60_000, 60), Map.of())));
  }

  static JudgeSpec spec(JudgeSpec.Vote vote, Duration batch, Duration bake) {
    return new JudgeSpec(REQUESTS, "code=~\"5..\"", null, vote, batch, bake, Duration.ofHours(2));
  }
}

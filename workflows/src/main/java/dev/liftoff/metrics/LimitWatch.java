package dev.liftoff.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Holds one look after the other against the limits and says what follows. Asks nobody and knows no
 * clock, so that a decision can be repeated from its looks.
 */
public final class LimitWatch {
  private final MetricsSpec spec;
  private final WatchState state;
  private final @Nullable Look last;

  private LimitWatch(MetricsSpec spec, WatchState state, @Nullable Look last) {
    this.spec = spec;
    this.state = state;
    this.last = last;
  }

  /** Goes on from what an earlier window or attempt remembered. */
  public static LimitWatch from(WatchState state, MetricsSpec spec) {
    return new LimitWatch(spec, state, null);
  }

  /**
   * Takes one more look into account.
   *
   * <p>A limit that is not measured keeps its breach, for silence is no recovery. But time that
   * nobody saw is no breach either: a measurement speaks for {@code staleAfter}, or for the
   * interval if that is longer; when data returns after more than that, the start of the breach
   * moves forward by the rest. So a blind monitoring system alone never rolls a launch back, and
   * two glimpses of trouble ten minutes apart are not ten minutes of trouble.
   */
  public LimitWatch see(Look look) {
    Map<String, Instant> since = new TreeMap<>(state.breachedSince());
    Map<String, Instant> seen = new TreeMap<>(state.seenBreached());
    Map<String, Instant> began = new TreeMap<>(state.began());
    for (Limit limit : spec.limits()) {
      String key = limit.toString();
      switch (look.against(limit).state()) {
        case OK -> Stream.of(since, seen, began).forEach(times -> times.remove(key));
        case BREACH -> {
          since.compute(
              key, (_, start) -> start == null ? look.at() : start.plus(unseen(key, look)));
          seen.put(key, look.at());
          began.putIfAbsent(key, look.at());
        }
        case NO_DATA -> {}
      }
    }
    return new LimitWatch(spec, state.breached(since, seen, began), look);
  }

  public WatchState state() {
    return state;
  }

  /** The same, once a report has named its concerns. */
  public WatchState told() {
    return state.telling(concern().named());
  }

  /** What is out of its bounds and does not make the verdict a fail, as it is now. */
  public List<Concern> concerns() {
    return concern().all();
  }

  /**
   * Whether there is a concern that must be told at once.
   *
   * @param held whether the launch is held already: then a concern that comes back can wait
   */
  public boolean hasNews(boolean held) {
    return concern().news(held);
  }

  /** The last look; empty before the first. */
  public List<Reading> readings() {
    return last == null ? List.of() : last.readings(spec.limits());
  }

  /** Whether the last look could not tell for every limit that acts. */
  public boolean blind() {
    return last == null || unmeasured(_ -> true).isPresent();
  }

  /** Whether the last look measured everything, and found all of it within its bounds. */
  public boolean calm() {
    return last != null
        && spec.limits().stream().allMatch(limit -> reading(limit).state() == Reading.State.OK);
  }

  /** True once a limit was breached for as long as it takes: nothing that follows can change it. */
  public boolean failed() {
    return verdict() instanceof Verdict.Fail;
  }

  /** What would be said if the window ended with the last look. */
  public Verdict verdict() {
    if (spec.limits().isEmpty()) {
      return new Verdict.NoData("no limit is declared, so nothing is watched");
    }
    if (last == null) {
      return new Verdict.NoData("nobody has looked yet");
    }
    return breached(Limit::rollsBack, true)
        .map(limit -> words().breached(limit))
        .<Verdict>map(Verdict.Fail::new)
        .or(() -> undecided(Limit::rollsBack).map(Verdict.NoData::new))
        .or(() -> undecided(Limit::holds).map(Verdict.NotYet::new))
        .orElseGet(Verdict.Pass::new);
  }

  /** When to look again: after the interval, or when a breach that is going on will be decided. */
  public Duration nextLook() {
    return nextLook(spec.interval());
  }

  /**
   * The same, where looks may be rarer while all is well.
   *
   * @param calm the pause then; what is not well is looked at by the interval, or its duration
   *     could not be told
   */
  public Duration nextLook(Duration calm) {
    Duration pace = calm() ? calm : spec.interval();
    return spec.limits().stream()
        .filter(limit -> last != null && seenNow(limit) && !decided(limit))
        .map(limit -> limit.lasting().minus(words().lasted(limit)))
        .filter(left -> left.compareTo(pace) < 0)
        .min(Duration::compareTo)
        .orElse(pace);
  }

  private Optional<String> undecided(Predicate<Limit> which) {
    return breached(which, false)
        .map(limit -> words().notYet(limit))
        .or(() -> unmeasured(which).map(limit -> words().silence(limit)));
  }

  private Optional<Limit> breached(Predicate<Limit> which, boolean decided) {
    return spec.limits().stream()
        .filter(which)
        .filter(this::seenNow)
        .filter(limit -> decided(limit) == decided)
        .findFirst();
  }

  private Optional<Limit> unmeasured(Predicate<Limit> which) {
    return spec.limits().stream()
        .filter(Limit::acts)
        .filter(which)
        .filter(limit -> reading(limit).state() == Reading.State.NO_DATA)
        .findFirst();
  }

  private boolean seenNow(Limit limit) {
    return reading(limit).state() == Reading.State.BREACH;
  }

  private boolean decided(Limit limit) {
    return words().lasted(limit).compareTo(limit.lasting()) >= 0;
  }

  private Reading reading(Limit limit) {
    if (last == null) {
      throw new IllegalStateException("nobody has looked yet");
    }
    return last.against(limit);
  }

  private LimitWords words() {
    return new LimitWords(state, last);
  }

  private LimitConcerns concern() {
    return new LimitConcerns(spec.limits(), state, words());
  }

  private Duration unseen(String key, Look look) {
    Instant before = state.seenBreached().getOrDefault(key, look.at());
    Duration gap = Duration.between(before, look.at()).minus(trusted());
    return gap.isNegative() ? Duration.ZERO : gap;
  }

  private Duration trusted() {
    return spec.staleAfter().compareTo(spec.interval()) > 0 ? spec.staleAfter() : spec.interval();
  }
}

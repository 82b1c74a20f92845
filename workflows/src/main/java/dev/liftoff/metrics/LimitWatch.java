package dev.liftoff.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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
    for (Limit limit : spec.limits()) {
      String key = limit.toString();
      switch (look.against(limit).state()) {
        case OK -> {
          since.remove(key);
          seen.remove(key);
        }
        case BREACH -> {
          since.compute(
              key, (_, start) -> start == null ? look.at() : start.plus(unseen(key, look)));
          seen.put(key, look.at());
        }
        case NO_DATA -> {}
      }
    }
    return new LimitWatch(spec, state.breached(since, seen), look);
  }

  public WatchState state() {
    return state;
  }

  /** The last look; empty before the first. */
  public List<Reading> readings() {
    return last == null ? List.of() : last.readings(spec.limits());
  }

  /** Whether the last look could not tell for every limit. */
  public boolean blind() {
    return last == null || notMeasured().findAny().isPresent();
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
    return breached(true)
        .map(this::failure)
        .<Verdict>map(Verdict.Fail::new)
        .or(() -> breached(false).map(this::notYet).<Verdict>map(Verdict.NoData::new))
        .or(() -> notMeasured().findFirst().map(this::silence).map(Verdict.NoData::new))
        .orElseGet(Verdict.Pass::new);
  }

  /** When to look again: after the interval, or when a breach that is going on will be decided. */
  public Duration nextLook() {
    return spec.limits().stream()
        .filter(limit -> last != null && seenNow(limit) && !decided(limit))
        .map(limit -> limit.lasting().minus(lasted(limit)))
        .filter(left -> left.compareTo(spec.interval()) < 0)
        .min(Duration::compareTo)
        .orElse(spec.interval());
  }

  private Optional<Limit> breached(boolean decided) {
    return spec.limits().stream()
        .filter(this::seenNow)
        .filter(limit -> decided(limit) == decided)
        .findFirst();
  }

  private Stream<Limit> notMeasured() {
    return spec.limits().stream().filter(limit -> reading(limit).state() == Reading.State.NO_DATA);
  }

  private boolean seenNow(Limit limit) {
    return reading(limit).state() == Reading.State.BREACH;
  }

  private boolean decided(Limit limit) {
    return lasted(limit).compareTo(limit.lasting()) >= 0;
  }

  private Duration lasted(Limit limit) {
    Instant start = state.breachedSince().get(limit.toString());
    return start == null || last == null ? Duration.ZERO : Duration.between(start, last.at());
  }

  private Reading reading(Limit limit) {
    if (last == null) {
      throw new IllegalStateException("nobody has looked yet");
    }
    return last.against(limit);
  }

  private Duration unseen(String key, Look look) {
    Instant before = state.seenBreached().getOrDefault(key, look.at());
    Duration gap = Duration.between(before, look.at()).minus(trusted());
    return gap.isNegative() ? Duration.ZERO : gap;
  }

  private Duration trusted() {
    return spec.staleAfter().compareTo(spec.interval()) > 0 ? spec.staleAfter() : spec.interval();
  }

  private String failure(Limit limit) {
    return "%s for %s: %s of %d samples"
        .formatted(bound(limit), words(lasted(limit)), value(limit), reading(limit).samples());
  }

  private String notYet(Limit limit) {
    return "%s since %s, decided after %s"
        .formatted(bound(limit), words(lasted(limit)), words(limit.lasting()));
  }

  private String silence(Limit limit) {
    return limit.metric() + " is not measured: " + reading(limit).why();
  }

  private String value(Limit limit) {
    return String.format(Locale.ROOT, "%.4g", reading(limit).value());
  }

  private static String bound(Limit limit) {
    return limit.metric()
        + (limit.above() != null ? " above " + limit.above() : " below " + limit.below());
  }

  private static String words(Duration duration) {
    long seconds = duration.toSeconds();
    return seconds >= 60 && seconds % 60 == 0 ? seconds / 60 + " min" : seconds + " s";
  }
}

package dev.liftoff.activities.metrics;

import dev.liftoff.metrics.Interim;
import dev.liftoff.metrics.Look;
import dev.liftoff.metrics.Toll;
import dev.liftoff.metrics.Watch;
import dev.liftoff.metrics.WatchReport;
import io.temporal.activity.Activity;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Looks again and again until the window is over, the verdict is fail or a concern is new. */
final class WatchLoop {
  /** A cancellation, which may be a rollback, is only noticed at a heartbeat. */
  private static final Duration BEAT_EVERY = Duration.ofSeconds(1);

  private final InstantSource clock;
  private final Pause pause;
  private final WatchMemory memory;
  private final Supplier<Look> eyes;
  private final UnaryOperator<CounterWatch> counters;
  private final UnaryOperator<@Nullable Toll> toll;
  private final BooleanSupplier changed;

  /** Lets time pass. */
  interface Pause {
    void of(Duration duration) throws InterruptedException;
  }

  WatchLoop(
      InstantSource clock,
      Pause pause,
      WatchMemory memory,
      Supplier<Look> eyes,
      UnaryOperator<CounterWatch> counters) {
    this(clock, pause, memory, eyes, counters, before -> before, () -> false);
  }

  WatchLoop(
      InstantSource clock,
      Pause pause,
      WatchMemory memory,
      Supplier<Look> eyes,
      UnaryOperator<CounterWatch> counters,
      UnaryOperator<@Nullable Toll> toll,
      BooleanSupplier changed) {
    this.clock = clock;
    this.pause = pause;
    this.memory = memory;
    this.eyes = eyes;
    this.counters = counters;
    this.toll = toll;
    this.changed = changed;
  }

  WatchReport run(Watch watch) {
    WatchProgress progress = memory.last().orElse(WatchProgress.before(watch.state()));
    Bench bench = Bench.of(watch, progress.state());
    Instant start = clock.instant().minus(progress.elapsed());
    Instant end = start.plus(watch.length());
    Interim interim = new Interim(watch, start, progress.looks() > 0, changed);
    while (true) {
      Instant looked = clock.instant();
      bench = bench.see(eyes.get(), counters).counted(toll);
      progress = keep(after(bench, progress), start);
      if (bench.failed()
          || bench.hasNews()
          || !clock.instant().isBefore(end)
          || interim.ends(clock.instant(), bench.passes())) {
        return bench.report(progress);
      }
      await(earlier(looked.plus(bench.nextLook()), end), progress, start);
    }
  }

  private void await(Instant until, WatchProgress progress, Instant start) {
    while (clock.instant().isBefore(until)) {
      Duration left = Duration.between(clock.instant(), until);
      try {
        pause.of(left.compareTo(BEAT_EVERY) < 0 ? left : BEAT_EVERY);
      } catch (InterruptedException shutdown) {
        Thread.currentThread().interrupt();
        throw Activity.wrap(shutdown);
      }
      keep(progress, start);
    }
  }

  private WatchProgress keep(WatchProgress progress, Instant start) {
    WatchProgress now =
        new WatchProgress(
            progress.looks(),
            progress.blindLooks(),
            progress.state(),
            Duration.between(start, clock.instant()));
    memory.keep(now);
    return now;
  }

  private static WatchProgress after(Bench bench, WatchProgress before) {
    return new WatchProgress(
        before.looks() + 1,
        before.blindLooks() + (bench.blind() ? 1 : 0),
        bench.state(),
        before.elapsed());
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}

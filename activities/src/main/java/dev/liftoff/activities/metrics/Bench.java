package dev.liftoff.activities.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import dev.liftoff.metrics.JudgeSpec;
import dev.liftoff.metrics.LimitWatch;
import dev.liftoff.metrics.Look;
import dev.liftoff.metrics.Sign;
import dev.liftoff.metrics.Toll;
import dev.liftoff.metrics.Verdict;
import dev.liftoff.metrics.Watch;
import dev.liftoff.metrics.WatchReport;
import dev.liftoff.metrics.WatchState;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The limits and, where a plan has one and there is something to ask, the judge.
 *
 * @param memory of the judge, written once for each look
 * @param toll what the candidate has served
 */
record Bench(
    Watch watch,
    LimitWatch limits,
    @Nullable CounterWatch judge,
    @Nullable JsonNode memory,
    @Nullable Toll toll,
    @Nullable Sign sign) {

  static Bench of(Watch watch, WatchState state) {
    JudgeSpec spec = watch.spec().judge();
    CounterWatch judge =
        spec == null
            ? null
            : new CounterWatch(spec, watch.candidate(), watch.weight(), Docket.read(state.judge()));
    return new Bench(
        watch,
        LimitWatch.from(state, watch.spec()),
        judge != null && judge.asks() ? judge : null,
        state.judge(),
        state.toll(),
        state.sign());
  }

  Bench see(Look look, UnaryOperator<CounterWatch> counters) {
    LimitWatch seen = limits.see(look);
    CounterWatch compared = judge == null ? null : counters.apply(judge);
    JsonNode now = compared == null ? memory : compared.docket().json();
    Bench next = new Bench(watch, seen, compared, now, toll, sign);
    return next.with(toll, next.signAfter(look));
  }

  Bench counted(UnaryOperator<@Nullable Toll> count) {
    return with(count.apply(toll), sign);
  }

  private Bench with(@Nullable Toll now, @Nullable Sign trouble) {
    return new Bench(watch, limits, judge, memory, now, trouble);
  }

  private @Nullable Sign signAfter(Look look) {
    double evidence = judge == null ? 0 : judge.evidence();
    return Sign.after(sign, look.at(), limits.readings(), evidence, blind());
  }

  boolean failed() {
    return limits.failed() || (judge != null && judge.failed());
  }

  /** Whether there is something that must be told at once. */
  boolean hasNews() {
    return limits.hasNews(watch.held());
  }

  boolean blind() {
    return limits.blind() || (judge != null && judge.blind());
  }

  /** Whether there is nothing but good to tell. */
  boolean passes() {
    return verdict() instanceof Verdict.Pass;
  }

  Duration nextLook() {
    boolean suspicious = judge != null && !(judge.verdict() instanceof Verdict.Pass);
    return suspicious ? limits.nextLook() : limits.nextLook(watch.pace());
  }

  WatchState state() {
    return limits.state().judged(memory).exposed(toll, sign);
  }

  WatchReport report(WatchProgress progress) {
    return new WatchReport(
        verdict(),
        limits.readings(),
        limits.told().judged(memory).exposed(toll, sign),
        progress.looks(),
        progress.blindLooks(),
        judge == null ? watch.noControl() : judge.words(),
        limits.concerns());
  }

  private Verdict verdict() {
    return judge == null ? limits.verdict() : limits.verdict().and(judge.verdict());
  }
}

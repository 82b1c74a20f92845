package dev.liftoff;

import dev.liftoff.metrics.Counted;
import dev.liftoff.metrics.Sign;
import dev.liftoff.metrics.Toll;
import dev.liftoff.metrics.WatchState;
import dev.liftoff.status.Exposure;
import dev.liftoff.status.Exposure.Counts;
import dev.liftoff.status.Exposure.Moment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps what users met of the candidate, from its first traffic to the last look after it. */
final class ExposureLedger {
  private final Runnable changed;
  private final List<String> notes = new ArrayList<>();
  private @Nullable Instant ready;
  private @Nullable Moment begun;
  private @Nullable Moment decision;
  private @Nullable Moment trafficBack;
  private @Nullable Moment confirmed;
  private @Nullable Sign sign;
  private @Nullable Toll toll;
  private boolean complete;
  private boolean open;

  ExposureLedger(Runnable changed) {
    this.changed = changed;
  }

  /** From here on only users use the candidate. */
  void ready(Instant now) {
    ready = now;
  }

  @Nullable Instant readySince() {
    return ready;
  }

  /** The first traffic is ordered; what comes later is no beginning. */
  void begin(Instant now, String order) {
    if (begun == null) {
      begun = Moment.at(now, order);
      changed.run();
    }
  }

  void count(Counted counted, boolean last) {
    toll = counted.toll() == null ? toll : counted.toll();
    complete = last && counted.fresh();
    if (counted.why() != null) {
      notes.add(counted.why());
    }
    changed.run();
  }

  /** After the decision nothing is a first sign any more. */
  void see(WatchState state) {
    toll = state.toll() == null ? toll : state.toll();
    sign = decision == null ? state.sign() : sign;
    changed.run();
  }

  void decide(Instant now, String reason) {
    decision = Moment.at(now, reason);
    changed.run();
  }

  /** The first time counts: the way back may be walked again. */
  void back(Instant now, String readBack) {
    if (trafficBack == null) {
      trafficBack = Moment.at(now, readBack);
      changed.run();
    }
  }

  /** Whether something is still being counted. */
  void isOpen(boolean now) {
    open = now;
  }

  boolean isClosed() {
    return !open;
  }

  void confirm(Instant now, String seen) {
    confirmed = Moment.at(now, seen);
    changed.run();
  }

  void note(String sentence) {
    notes.add(sentence);
    changed.run();
  }

  @Nullable Toll toll() {
    return toll;
  }

  /** Null before the first traffic. */
  @Nullable Exposure exposure() {
    return begun == null
        ? null
        : new Exposure(
            begun,
            firstBad(),
            sign == null ? null : Moment.at(sign.at(), sign.what()),
            decision,
            trafficBack,
            confirmed,
            toll == null ? null : Counts.of(toll, complete),
            notes);
  }

  private @Nullable Moment firstBad() {
    return toll == null || toll.badUntil() == null
        ? null
        : new Moment(toll.badAfter(), toll.badUntil(), "counted between two scrapes");
  }
}

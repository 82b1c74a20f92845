package dev.liftoff.board;

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
public final class ExposureLedger {
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
  public void ready(Instant now) {
    ready = now;
  }

  public @Nullable Instant readySince() {
    return ready;
  }

  /** The first traffic is ordered; what comes later is no beginning. */
  public void begin(Instant now, String order) {
    if (begun == null) {
      begun = Moment.at(now, order);
      changed.run();
    }
  }

  public void count(Counted counted, boolean last) {
    toll = counted.toll() == null ? toll : counted.toll();
    complete = last && counted.fresh();
    if (counted.why() != null) {
      notes.add(counted.why());
    }
    changed.run();
  }

  /** After the decision nothing is a first sign any more. */
  public void see(WatchState state) {
    toll = state.toll() == null ? toll : state.toll();
    sign = decision == null ? state.sign() : sign;
    changed.run();
  }

  public void decide(Instant now, String reason) {
    decision = Moment.at(now, reason);
    changed.run();
  }

  /** The first time counts: the way back may be walked again. */
  public void back(Instant now, String readBack) {
    if (trafficBack == null) {
      trafficBack = Moment.at(now, readBack);
      changed.run();
    }
  }

  /** Whether something is still being counted. */
  public void isOpen(boolean now) {
    open = now;
  }

  public boolean isClosed() {
    return !open;
  }

  public void confirm(Instant now, String seen) {
    confirmed = Moment.at(now, seen);
    changed.run();
  }

  public void note(String sentence) {
    notes.add(sentence);
    changed.run();
  }

  public @Nullable Toll toll() {
    return toll;
  }

  /** Null before the first traffic. */
  public @Nullable Exposure exposure() {
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

package dev.liftoff;

import dev.liftoff.notify.Announcement;
import dev.liftoff.notify.Delivery;
import dev.liftoff.notify.Routing;
import dev.liftoff.notify.Scene;
import dev.liftoff.notify.Told;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Messages one after the other, beside the launch, so that each channel hears them in order. One
 * activity takes a message to all channels. What a channel could not take is told again with the
 * next message, or after a pause; of several that it missed only the newest is told, and says so.
 */
final class Outbox {
  /**
   * Within the hour in which a message is worth telling; each costs eleven events. Not whole
   * minutes, so that no try falls on a milestone, which has a message of its own.
   */
  private static final List<Duration> PAUSES =
      List.of(Duration.ofSeconds(67), Duration.ofSeconds(311), Duration.ofSeconds(613));

  /**
   * In the whole launch, whose history must stay below 1,000 events; then with the next message.
   */
  private static final int MOST_TRIES = 4;

  /** Earlier nobody would wonder why it came only now. */
  private static final Duration LATE = Duration.ofMinutes(5);

  private final LaunchId id;
  private final Stubs stubs;
  private final Ledger ledger;
  private final Deque<Announcement> waiting = new ArrayDeque<>();
  private boolean running;
  private boolean sending;
  private int tries;
  private int pauses;

  Outbox(LaunchId id, Stubs stubs, Ledger ledger) {
    this.id = id;
    this.stubs = stubs;
    this.ledger = ledger;
  }

  /** Goes on at once. In a scope of its own, because a cancelled launch has most to say. */
  void add(Announcement message) {
    waiting.add(message);
    if (!running) {
      running = true;
      Workflow.newDetachedCancellationScope(
              () -> {
                var _ = Async.procedure(this::work);
              })
          .run();
    }
  }

  /** True when everything was told or tried once. */
  boolean isEmpty() {
    return waiting.isEmpty() && !sending;
  }

  private void work() {
    try {
      while (isWorking()) {
        Announcement next = waiting.pollFirst();
        if (next != null) {
          send(next, List.of());
        } else if (!Waits.until("tell again", pause(), () -> !waiting.isEmpty())) {
          again();
        }
      }
    } finally {
      running = false;
    }
  }

  private boolean isWorking() {
    ledger.expire(Waits.now());
    if (!ledger.isWaiting()) {
      pauses = 0;
    }
    return !waiting.isEmpty() || (ledger.isWaiting() && tries < MOST_TRIES);
  }

  private Duration pause() {
    return PAUSES.get(Math.min(pauses, PAUSES.size() - 1));
  }

  private void again() {
    tries++;
    pauses++;
    ledger.expire(Waits.now());
    ledger.newest().forEach(this::send);
  }

  private void send(Announcement message, List<String> only) {
    Announcement told = late(message).routed(routing(message, only));
    sending = true;
    try {
      Delivery delivery = stubs.notifier("Tell: " + message.title()).announce(id, told);
      ledger.take(message, delivery);
      Escalation.of(message, delivery).ifPresent(waiting::addFirst);
    } catch (TemporalFailure failure) {
      ledger.lost(message, Reasons.of(failure));
    } finally {
      sending = false;
    }
  }

  private Routing routing(Announcement message, List<String> only) {
    Routing planned = message.routing();
    return new Routing(
        planned == null ? message.occasion().usual() : planned.kinds(),
        only.contains(Told.EVERY) ? List.of() : only,
        ledger.missedBefore(message),
        ledger.references(),
        ledger.doubtful(message));
  }

  private static Announcement late(Announcement message) {
    Scene scene = message.scene();
    if (scene == null) {
      return message;
    }
    Duration delay = Duration.between(scene.at(), Waits.now());
    return delay.compareTo(LATE) < 0 ? message : message.lateBy(delay);
  }
}

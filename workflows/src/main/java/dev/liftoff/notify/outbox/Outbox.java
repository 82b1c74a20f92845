package dev.liftoff.notify.outbox;

import dev.liftoff.LaunchId;
import dev.liftoff.Reasons;
import dev.liftoff.Waits;
import dev.liftoff.notify.Announcement;
import dev.liftoff.notify.ChannelKind;
import dev.liftoff.notify.Delivery;
import dev.liftoff.notify.Notifier;
import dev.liftoff.notify.Routing;
import dev.liftoff.notify.Scene;
import dev.liftoff.notify.Told;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Messages one after the other, beside the launch, so that each channel hears them in order. One
 * activity takes a message to all channels. What a channel could not take is told again with the
 * next message, or after a pause; of several that it missed only the newest is told, and says so.
 */
public final class Outbox {
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
  private final Function<String, Notifier> notifier;
  private final Ledger ledger;
  private final Mutes mutes;
  private final Resends resends;
  private final Map<ChannelKind, String> newest = new EnumMap<>(ChannelKind.class);
  private final Deque<Announcement> waiting = new ArrayDeque<>();
  private boolean running;
  private boolean sending;
  private int tries;
  private int pauses;

  /**
   * @param notifier tells under the summary that it is given
   */
  public Outbox(LaunchId id, Function<String, Notifier> notifier, Ledger ledger, Mutes mutes) {
    this.id = id;
    this.notifier = notifier;
    this.ledger = ledger;
    this.mutes = mutes;
    resends = ledger.resends();
    mutes.tellBy(this::addFirst);
    resends.tellBy(this::start);
  }

  /** Goes on at once. In a scope of its own, because a cancelled launch has most to say. */
  public void add(Announcement message) {
    waiting.add(message);
    start();
  }

  /** What was held back is older than all that waits. */
  private void addFirst(Announcement message) {
    waiting.addFirst(message);
    start();
  }

  private void start() {
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
  public boolean isEmpty() {
    return waiting.isEmpty() && resends.isEmpty() && !sending;
  }

  private void work() {
    try {
      while (isWorking()) {
        Announcement next = waiting.pollFirst();
        Resends.Resend asked = next == null ? resends.poll() : null;
        if (next != null) {
          send(next, List.of());
        } else if (asked != null) {
          sendAgain(asked.message(), asked.channels());
        } else if (!Waits.until("tell again", pause(), this::hasMore)) {
          again();
        }
      }
    } finally {
      running = false;
    }
  }

  private boolean hasMore() {
    return !waiting.isEmpty() || !resends.isEmpty();
  }

  private boolean isWorking() {
    ledger.expire(Waits.now());
    if (!ledger.isWaiting()) {
      pauses = 0;
    }
    return hasMore() || (ledger.isWaiting() && tries < MOST_TRIES);
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
      Delivery delivery = notifier.apply("Tell: " + message.title()).announce(id, told);
      ledger.take(message, delivery);
      Escalation.of(message, delivery).ifPresent(waiting::addFirst);
    } catch (TemporalFailure failure) {
      ledger.lost(message, Reasons.of(failure));
    } finally {
      sending = false;
    }
  }

  /** Once: whoever asked for it sees what came of it, and asks again. */
  private void sendAgain(Announcement message, List<String> channels) {
    Announcement told = late(message).routed(routingAgain(message, channels));
    sending = true;
    try {
      ledger.takeAgain(
          message, channels, notifier.apply("Tell again: " + message.title()).announce(id, told));
    } catch (TemporalFailure failure) {
      ledger.lostAgain(message, channels, Reasons.of(failure));
    } finally {
      sending = false;
    }
  }

  /** What shows how things stand now must not show again how they stood before. */
  private Routing routingAgain(Announcement message, List<String> channels) {
    Set<ChannelKind> kinds = mutes.audible(message, planned(message));
    kinds.removeIf(kind -> kind.showsOnlyTheNewest() && !message.key().equals(newest.get(kind)));
    List<String> doubtful = new ArrayList<>(ledger.doubtful(message));
    channels.stream().filter(Told.EVERY::equals).forEach(doubtful::add);
    return new Routing(
        kinds,
        channels.contains(Told.EVERY) ? List.of() : channels,
        Map.of(),
        ledger.references(),
        doubtful,
        true);
  }

  private Set<ChannelKind> hearing(Announcement message, boolean first) {
    Set<ChannelKind> planned = planned(message);
    if (!first) {
      return mutes.audible(message, planned);
    }
    Set<ChannelKind> hearing = mutes.hearing(message, planned);
    hearing.forEach(kind -> newest.put(kind, message.key()));
    return hearing;
  }

  private static Set<ChannelKind> planned(Announcement message) {
    Routing planned = message.routing();
    return planned == null ? message.occasion().usual() : planned.kinds();
  }

  private Routing routing(Announcement message, List<String> only) {
    return new Routing(
        hearing(message, only.isEmpty()),
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

package dev.liftoff.notify.outbox;

import dev.liftoff.notify.Announcement;
import dev.liftoff.notify.Tally;
import dev.liftoff.notify.Told;
import dev.liftoff.timeline.TimelineEntry.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The messages of a launch on one channel. */
final class ChannelLedger {
  private final String name;
  private final BiConsumer<Kind, String> lines;
  private final List<Announcement> waiting = new ArrayList<>();
  private final Set<String> doubts = new HashSet<>();
  private final Untold untold;
  private int sent;
  private int failed;
  private int expired;
  private int ambiguous;
  private @Nullable String trouble;
  private @Nullable String reference;

  ChannelLedger(String name, BiConsumer<Kind, String> lines) {
    this.name = name;
    this.lines = lines;
    untold = new Untold(name);
  }

  Untold untold() {
    return untold;
  }

  /** A person had it told once more; whatever waits goes on waiting. */
  void takeAgain(Announcement message, Told told) {
    forget(message);
    switch (told.state()) {
      case SENT -> {
        sent++;
        lines.accept(Kind.MESSAGE, name + " was told again: " + message.spoken());
      }
      case AMBIGUOUS -> {
        ambiguous++;
        doubts.add(message.key());
        untold.add(message, Told.State.AMBIGUOUS);
        trouble(message, told.note(), " may have been told twice: ");
      }
      case PLANNED, FAILED, EXPIRED -> {
        failed++;
        untold.add(message, Told.State.FAILED);
        trouble(message, told.note(), null);
      }
    }
    reference = told.reference() == null ? reference : told.reference();
  }

  /** It is counted anew. */
  void forget(Announcement message) {
    switch (untold.remove(message)) {
      case FAILED -> failed--;
      case EXPIRED -> expired--;
      case AMBIGUOUS -> ambiguous--;
      case PLANNED, SENT -> {}
      case null -> {}
    }
  }

  void take(Announcement message, Told told) {
    switch (told.state()) {
      case SENT -> {
        sent++;
        if (!told.note().isEmpty()) {
          trouble(message, told.note(), " was told, not by all: ");
        }
        reached(message, told);
      }
      case AMBIGUOUS -> doubtful(message, told);
      case PLANNED, FAILED, EXPIRED -> notReached(message, told);
    }
  }

  /** Some channel answered: what reached none before is told with it. */
  void answered(Announcement message) {
    boolean itself = waiting.removeIf(other -> other.key().equals(message.key()));
    sent += itself ? 1 : 0;
    expired += waiting.size();
    waiting.forEach(other -> untold.add(other, Told.State.EXPIRED));
    waiting.clear();
  }

  boolean isWaiting() {
    return !waiting.isEmpty();
  }

  Optional<Announcement> newest() {
    return waiting.isEmpty() ? Optional.empty() : Optional.of(waiting.getLast());
  }

  List<String> waitingWithout(Announcement message) {
    return others(message).stream().map(Announcement::spoken).toList();
  }

  Optional<String> reference() {
    return Optional.ofNullable(reference);
  }

  void expire(Instant now) {
    List<Announcement> late =
        waiting.stream()
            .filter(message -> message.scene() != null && !message.scene().notAfter().isAfter(now))
            .toList();
    late.forEach(message -> giveUp(message, "too late"));
  }

  void close() {
    List.copyOf(waiting).forEach(message -> giveUp(message, "the launch has ended"));
  }

  boolean isDoubtful(Announcement message) {
    return doubts.contains(message.key());
  }

  Tally tally() {
    return new Tally(name, waiting.size(), sent, failed, expired, ambiguous, trouble);
  }

  private void giveUp(Announcement message, String why) {
    waiting.remove(message);
    expired++;
    untold.add(message, Told.State.EXPIRED);
    lines.accept(
        Kind.TROUBLE, "message given up for " + name + ": " + message.title() + ", " + why);
  }

  /**
   * What may not have arrived is told again, marked as a repeat where the channel can know nothing.
   */
  private void doubtful(Announcement message, Told told) {
    doubts.add(message.key());
    if (told.again()) {
      notReached(message, told);
    } else {
      ambiguous++;
      untold.add(message, Told.State.AMBIGUOUS);
      trouble(message, told.note(), " may have been told twice: ");
      reached(message, told);
    }
  }

  private void reached(Announcement message, Told told) {
    List<String> missed = waitingWithout(message);
    expired += missed.size();
    boolean late = missed.size() < waiting.size();
    others(message).forEach(other -> untold.add(other, Told.State.EXPIRED));
    waiting.clear();
    reference = told.reference() == null ? reference : told.reference();
    if (late || !missed.isEmpty()) {
      lines.accept(
          Kind.MESSAGE,
          name
              + " is back and was told "
              + message.spoken()
              + (missed.isEmpty() ? "" : "; missed: " + String.join(", ", missed)));
    }
  }

  private void notReached(Announcement message, Told told) {
    boolean first = others(message).size() == waiting.size();
    if (told.again() && !first) {
      return;
    }
    trouble(message, told.note() + (told.again() ? "; it is tried again" : ""), null);
    if (told.again()) {
      waiting.add(message);
    } else {
      failed++;
      untold.add(message, Told.State.FAILED);
      waiting.removeIf(other -> other.key().equals(message.key()));
    }
  }

  private void trouble(Announcement message, String why, @Nullable String what) {
    trouble = message.spoken() + ": " + why;
    lines.accept(
        Kind.TROUBLE,
        what == null
            ? "message not delivered to " + name + ": " + message.title() + " (" + why + ")"
            : name + what + message.title() + " (" + why + ")");
  }

  private List<Announcement> others(Announcement message) {
    return waiting.stream().filter(other -> !other.key().equals(message.key())).toList();
  }
}

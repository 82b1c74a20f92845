package dev.liftoff.notify.outbox;

import static dev.liftoff.Refusals.firstOf;
import static dev.liftoff.Refusals.missing;
import static dev.liftoff.Refusals.when;

import dev.liftoff.gate.Command;
import dev.liftoff.notify.Announcement;
import dev.liftoff.notify.Backlog;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What people asked to be told once more. */
public final class Resends {
  /** In the whole launch: each costs the history six events. */
  private static final int MOST = 20;

  /**
   * @param channels names of those that did not simply take it
   */
  record Resend(Announcement message, List<String> channels) {}

  private final Ledger ledger;
  private final Deque<Resend> waiting = new ArrayDeque<>();
  private Runnable telling = () -> {};
  private int taken;

  Resends(Ledger ledger) {
    this.ledger = ledger;
  }

  /** Who tells what was asked for. */
  void tellBy(Runnable outbox) {
    telling = outbox;
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** The next one; null when nobody asked. */
  @Nullable Resend poll() {
    return waiting.pollFirst();
  }

  public Optional<String> refusal(Command command) {
    String name = command.message();
    return firstOf(
        missing("message", name),
        when(channels(command).isEmpty(), nothingSuch(command)),
        when(
            waiting.stream().anyMatch(one -> Untold.name(one.message()).equals(name)),
            name + " is being told again already"),
        when(
            taken >= MOST,
            "%d messages were told again in this launch: that is all that it has room for"
                .formatted(MOST)));
  }

  /** After {@link #refusal} found nothing. */
  public String take(Command command) {
    List<String> channels = channels(command);
    Announcement message = ledger.untold(String.valueOf(command.message())).orElseThrow();
    waiting.add(new Resend(message, channels));
    taken++;
    telling.run();
    return "told again, marked (repeat): %s to %s; the timeline says what became of it"
        .formatted(message.spoken(), String.join(", ", channels));
  }

  private List<String> channels(Command command) {
    return ledger.untoldOn(String.valueOf(command.message())).stream()
        .filter(channel -> command.channel() == null || channel.equals(command.channel()))
        .toList();
  }

  private String nothingSuch(Command command) {
    List<Backlog.Untold> untold = ledger.untold();
    return "there is no message '%s' that failed, expired or is ambiguous%s; those are: %s"
        .formatted(
            command.message(),
            command.channel() == null ? "" : " on " + command.channel(),
            untold.isEmpty()
                ? "none"
                : untold.stream().map(Backlog.Untold::sentence).collect(Collectors.joining("; ")));
  }
}

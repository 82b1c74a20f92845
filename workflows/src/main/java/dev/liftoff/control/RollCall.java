package dev.liftoff.control;

import dev.liftoff.Halt;
import dev.liftoff.Milestone;
import dev.liftoff.Waits;
import dev.liftoff.board.Board;
import dev.liftoff.gate.GateRules;
import dev.liftoff.gate.Poll;
import dev.liftoff.gate.Role;
import dev.liftoff.gate.Vote;
import dev.liftoff.notify.Announcement.Severity;
import dev.liftoff.notify.Occasion;
import dev.liftoff.plan.Durations;
import dev.liftoff.plan.PlanInForce;
import dev.liftoff.status.LaunchStatus.State;
import dev.liftoff.timeline.TimelineEntry.Kind;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A gate at which several people say go. Its votes are a {@link Poll}; this waits for them. */
final class RollCall {
  private final PlanInForce plan;
  private final Board board;
  private final Desk desk;
  private final Announcer announcer;
  private Duration hold = Duration.ZERO;
  private boolean expired;
  private @Nullable Instant vetoed;

  RollCall(PlanInForce plan, Board board, Desk desk, Announcer announcer) {
    this.plan = plan;
    this.board = board;
    this.desk = desk;
    this.announcer = announcer;
  }

  /** By the plan, or by the worker's settings, below which no plan goes. */
  boolean isWanted(Milestone milestone) {
    return !required(milestone).isEmpty();
  }

  /**
   * Returns on the go of all, and at a review when it is extended; halts on the commander's no-go.
   * A no-go of another role holds. Where traffic has moved, {@code askForHelp} is called in place
   * of an end.
   */
  void call(
      Milestone milestone, List<String> facts, BiConsumer<String, Supplier<Boolean>> askForHelp) {
    desk.callers().look();
    GateRules rules = plan.now().gate(milestone);
    // Of a poll that is open nothing is amended, also not how long it waits.
    hold = plan.now().limits().hold();
    Poll poll = desk.poll(milestone, rules, required(milestone), initiator());
    Instant until = Waits.now().plus(rules.expires());
    open(milestone, poll, until, facts);
    while (!isDone(poll) || !isStillDone(poll)) {
      Instant end = look(milestone, poll, rules, until);
      if (!Waits.now().isBefore(end)) {
        giveUp(milestone, poll, askForHelp);
      } else {
        await(milestone, poll, rules, until, end);
      }
    }
    close(milestone);
  }

  private List<Role> required(Milestone milestone) {
    GateRules rules = plan.now().gates().get(milestone);
    Set<Role> roles = new LinkedHashSet<>(desk.callers().policy().poll(milestone));
    if (rules != null) {
      roles.addAll(rules.poll());
    }
    return roles.isEmpty() ? List.of() : Poll.inOrder(roles);
  }

  /** As {@code liftoff start} says; who starts by hand is taken to be the commander. */
  private String initiator() {
    return Workflow.getMemo("startedBy", String.class) instanceof String startedBy
        ? startedBy
        : plan.now().commander();
  }

  private void open(Milestone milestone, Poll poll, Instant until, List<String> facts) {
    board.people.polling(milestone, poll);
    board.deciding(milestone, poll.required(), until);
    board.tell(
        Kind.DECISION,
        "liftoff",
        "poll at %s is open for %s until %s, sealed %s"
            .formatted(milestone, poll.required(), until, poll.seal().digest()));
    List<String> all = new ArrayList<>();
    all.add("all of them say go, the commander last: " + poll.required());
    all.add("no go yet of: " + board.attendance.named(poll.missing(Waits.now())));
    all.add("until: " + until);
    all.addAll(facts);
    announcer.announce(
        milestone.compareTo(Milestone.REVIEW_24H) < 0 ? Occasion.POLL : Occasion.REVIEW,
        Severity.INFORMATION,
        "GO / NO-GO at " + milestone,
        all);
  }

  private boolean isDone(Poll poll) {
    follow(poll);
    return desk.isAnswered() || poll.passes(Waits.now());
  }

  /** What has changed since people looked makes their votes void; they are asked once more. */
  private boolean isStillDone(Poll poll) {
    if (!desk.isAnswered()) {
      desk.lookAgain();
    }
    return isDone(poll);
  }

  /** Brings the votes up to the hour, and to the hold that is on or over. */
  private void follow(Poll poll) {
    Instant since = board.clock.heldSince();
    Instant now = Waits.now();
    List<String> lines = since == null ? poll.resumed(now) : held(poll, since, now);
    if (!lines.isEmpty()) {
      desk.tellVoid(lines);
    }
  }

  private static List<String> held(Poll poll, Instant since, Instant now) {
    poll.held(since);
    return poll.look(now);
  }

  /** What state this is, and until when it may last. */
  private Instant look(Milestone milestone, Poll poll, GateRules rules, Instant until) {
    Optional<Vote> veto = poll.veto();
    if (veto.isPresent()) {
      return veto(milestone, veto.get());
    }
    vetoed = null;
    if (Waits.now().isBefore(until)) {
      board.state(State.DECIDING, "poll at " + milestone + " is open");
    } else {
      expire(milestone, poll, rules);
    }
    return until.plus(hold);
  }

  private Instant veto(Milestone milestone, Vote veto) {
    String reason =
        "no-go of %s at %s by %s: %s".formatted(veto.role(), milestone, veto.who(), veto.reason());
    if (vetoed == null) {
      vetoed = Waits.now();
      hold(milestone, reason, "until " + veto.role() + " says go, or the commander scrubs");
    }
    return vetoed.plus(hold);
  }

  private void expire(Milestone milestone, Poll poll, GateRules rules) {
    if (!expired) {
      expired = true;
      hold(
          milestone,
          "%s did not say go at %s within %s"
              .formatted(poll.missing(Waits.now()), milestone, Durations.text(rules.expires())),
          "the poll still takes votes");
    }
  }

  private void hold(Milestone milestone, String reason, String fact) {
    board.tell(Kind.TROUBLE, "liftoff", reason + ": held");
    board.expired(milestone, reason, Waits.now().plus(hold));
    announcer.announce(Occasion.HELD, Severity.CRITICAL, "HELD: " + reason, List.of(fact));
  }

  /** A time that is over is never a yes. */
  private void giveUp(
      Milestone milestone, Poll poll, BiConsumer<String, Supplier<Boolean>> askForHelp) {
    String reason = "no go of %s at %s".formatted(poll.missing(Waits.now()), milestone);
    if (!board.trafficMoved()) {
      throw Halt.scrub(reason);
    }
    askForHelp.accept(reason, () -> isDone(poll));
  }

  private void await(Milestone milestone, Poll poll, GateRules rules, Instant until, Instant end) {
    Instant now = Waits.now();
    Optional<Duration> reminder =
        rules.remindBefore().stream()
            .filter(before -> until.minus(before).isAfter(now))
            .max(Duration::compareTo);
    Instant wake =
        Stream.of(
                reminder.map(until::minus),
                Optional.of(until).filter(now::isBefore),
                Optional.of(end),
                poll.nextLook().filter(now::isBefore))
            .flatMap(Optional::stream)
            .min(Instant::compareTo)
            .orElse(end);
    Optional<Vote> veto = poll.veto();
    Instant heldSince = board.clock.heldSince();
    boolean changed =
        Waits.until(
            "poll " + milestone,
            Duration.between(now, wake),
            () ->
                isAnsweredBy(poll)
                    || !veto.equals(poll.veto())
                    || !Objects.equals(heldSince, board.clock.heldSince())
                    || poll.nextLook().filter(wake::isAfter).isPresent());
    if (!changed && reminder.filter(before -> wake.equals(until.minus(before))).isPresent()) {
      remind(milestone, poll, reminder.get());
    }
  }

  private boolean isAnsweredBy(Poll poll) {
    return desk.isAnswered() || poll.passes(Waits.now());
  }

  private void remind(Milestone milestone, Poll poll, Duration before) {
    announcer.announce(
        Occasion.REMINDER,
        Severity.WARNING,
        "poll %s closes in %s".formatted(milestone, Durations.text(before)),
        List.of("missing: " + poll.missing(Waits.now())));
  }

  private void close(Milestone milestone) {
    boolean passed = !desk.isAnswered();
    if (passed) {
      desk.passed();
      board.tell(Kind.DECISION, "liftoff", "poll at " + milestone + ": go, by all");
    }
    board.people.polled(Waits.now());
    board.decided();
    if (!passed && !desk.isExtended()) {
      String reason = "no-go at " + milestone + " by " + desk.answeredBy();
      throw board.trafficMoved() ? Halt.rollback(reason) : Halt.scrub(reason);
    }
  }
}

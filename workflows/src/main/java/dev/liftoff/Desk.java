package dev.liftoff;

import static dev.liftoff.Refusals.firstOf;
import static dev.liftoff.Refusals.missing;
import static dev.liftoff.Refusals.person;
import static dev.liftoff.Refusals.when;

import dev.liftoff.gate.Command;
import dev.liftoff.gate.Decision;
import dev.liftoff.gate.GateRules;
import dev.liftoff.gate.Receipt;
import dev.liftoff.status.LaunchStatus.State;
import dev.liftoff.timeline.TimelineEntry.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes what people say: refuses it with a sentence, or sets what the runbook looks at. Handlers
 * only set fields, so none of them can be in the middle of something when the launch ends.
 */
final class Desk {
  private static final String WAY_BACK = "the way back runs already";

  private final Board board;
  private final OpenGate gate = new OpenGate();
  private final RescueApproval rescue;
  private Runnable interrupt = () -> {};
  private @Nullable String heldBy;
  private boolean heldItself;
  private boolean promotable;
  private boolean promoted;
  private @Nullable Halt halt;
  private @Nullable String stuckUndo;
  private @Nullable Boolean retry;

  Desk(Board board) {
    this.board = board;
    rescue = new RescueApproval(board);
  }

  RescueApproval rescue() {
    return rescue;
  }

  void askNumbers(String undo, String numbers) {
    ask(undo);
    rescue.ask(numbers);
  }

  /** Or somebody skipped it. */
  boolean hasNumbers() {
    return rescue.isTyped() || hasResolution();
  }

  /** A signal can come before the launch has begun: what it called off never begins. */
  void interruptBy(Runnable cancel) {
    interrupt = cancel;
    if (halt != null) {
      cancel.run();
    }
  }

  void open(Milestone milestone, GateRules rules) {
    gate.open(milestone, rules);
  }

  boolean isAnswered() {
    return gate.isAnswered();
  }

  boolean isGo() {
    return gate.isGo();
  }

  String answeredBy() {
    return gate.by();
  }

  boolean isHeld() {
    return heldBy != null;
  }

  String heldBy() {
    return String.valueOf(heldBy);
  }

  /** Since the hold that is on now; zero when none is. */
  Duration heldFor() {
    Instant since = board.clock.heldSince();
    return since == null ? Duration.ZERO : Duration.between(since, Waits.now());
  }

  /** The launch holds itself, because it must not go on without a person. */
  void holdItself(String reason) {
    if (heldBy == null) {
      heldItself = true;
      stop("liftoff: " + reason);
      board.tell(Kind.COMMAND, "liftoff", "hold: " + reason);
    }
  }

  /** From here on there is something, or nothing, that {@code promote} can skip. */
  void promotable(boolean now) {
    promotable = now;
    promoted = false;
  }

  boolean isPromoted() {
    return promoted;
  }

  @Nullable Halt halt() {
    return halt;
  }

  /**
   * Ends the runbook from outside of it: a command or the guard. The first one counts, and none
   * after the launch is settled, when there is no way back.
   */
  void halt(Halt reason) {
    if (halt == null && !board.isSettled()) {
      halt = reason;
      interrupt.run();
    }
  }

  void ask(String undo) {
    stuckUndo = undo;
    retry = null;
  }

  boolean hasResolution() {
    return retry != null;
  }

  boolean takeResolution() {
    boolean again = Boolean.TRUE.equals(retry);
    stuckUndo = null;
    retry = null;
    return again;
  }

  Optional<String> refusal(Decision decision) {
    String launch = decision.launch();
    if (launch == null) {
      return Optional.of("launch is missing: name the launch that you decide on, " + board.id());
    }
    return firstOf(otherLaunch(launch), over(), when(goesBack(), WAY_BACK), gate.refusal(decision));
  }

  Receipt take(Decision decision) {
    gate.answer(decision);
    board.tell(
        Kind.DECISION,
        String.valueOf(decision.who()),
        "%s at %s, as %s: %s"
            .formatted(decision.answer(), decision.gate(), decision.role(), decision.reason()));
    return receipt(decision.answer() + " at gate " + decision.gate() + " is recorded");
  }

  void takeOrShow(Decision decision) {
    refusal(decision)
        .ifPresentOrElse(why -> refused(decision.who(), "decide", why), () -> take(decision));
  }

  Optional<String> refusal(Verb verb, Command command) {
    String launch = command.launch();
    return firstOf(
        launch == null ? Optional.empty() : otherLaunch(launch),
        over(),
        person(command.who(), command.role()),
        verb.needsReason() ? missing("reason", command.reason()) : Optional.empty(),
        impossible(verb, command));
  }

  Receipt take(Verb verb, Command command) {
    String who = String.valueOf(command.who());
    String why = command.reason() == null ? "" : ": " + command.reason();
    board.tell(
        verb == Verb.NOTE ? Kind.NOTE : Kind.COMMAND,
        who,
        verb == Verb.NOTE ? String.valueOf(command.reason()) : verb + why);
    return receipt(done(verb, command, who, why));
  }

  void takeOrShow(Verb verb, Command command) {
    refusal(verb, command)
        .ifPresentOrElse(
            why -> refused(command.who(), verb.toString(), why), () -> take(verb, command));
  }

  private String done(Verb verb, Command command, String who, String why) {
    return switch (verb) {
      case HOLD -> {
        stop(who + why);
        yield "the clock is stopped; what runs now finishes, the guard goes on; resume with resume";
      }
      case RESUME -> {
        go();
        yield "the clock goes on";
      }
      case PROMOTE -> promote();
      case SCRUB -> {
        halt(Halt.scrub("scrubbed by " + who + why));
        yield "the launch is called off; everything is undone";
      }
      case ROLLBACK -> {
        halt(Halt.rollback("rolled back by " + who + why));
        yield board.trafficMoved()
            ? "traffic goes back first, then the rest is undone"
            : "traffic has not moved; everything is undone";
      }
      case RESCUE -> rescue(command, who, why);
      case NOTE -> "noted";
      case RETRY -> {
        retry = true;
        yield "tries again: " + stuckUndo;
      }
      case SKIP -> {
        retry = false;
        yield "left behind: " + stuckUndo;
      }
    };
  }

  private String rescue(Command command, String who, String why) {
    if (rescue.isAsked()) {
      rescue.type(command);
      return "the database is rescued";
    }
    rescue.want();
    halt(Halt.rollback("rescue asked for by " + who + why));
    return "traffic goes back first; then the rescue is planned, and waits for its numbers";
  }

  private void stop(String by) {
    heldBy = by;
    board.hold(Waits.now());
  }

  private void go() {
    heldBy = null;
    heldItself = false;
    board.resume(Waits.now());
  }

  /** Where the launch held itself for want of data, this is the answer; a person's hold stays. */
  private String promote() {
    promoted = true;
    if (heldItself) {
      go();
    }
    return "the rest of the wait is skipped" + (isHeld() ? " once it is resumed" : "");
  }

  private void refused(@Nullable String who, String what, String why) {
    board.tell(Kind.REFUSED, who == null ? "somebody" : who, what + " refused: " + why);
  }

  private boolean goesBack() {
    return board.isGoingBack() || halt != null;
  }

  private Optional<String> impossible(Verb verb, Command command) {
    return switch (verb) {
      case HOLD ->
          firstOf(
              when(goesBack(), "the way back runs and is not held"),
              when(heldBy != null, "it is held already, by " + heldBy));
      case RESUME -> firstOf(when(goesBack(), WAY_BACK), notHeld());
      case PROMOTE ->
          firstOf(
              when(goesBack(), WAY_BACK),
              when(
                  !promotable,
                  "nothing is soaking: promote skips the rest of a soak, or of a wait after T+0"));
      case SCRUB ->
          firstOf(
              when(goesBack(), WAY_BACK),
              when(board.trafficMoved(), "traffic has moved: use rollback"));
      case ROLLBACK ->
          firstOf(
              when(goesBack(), WAY_BACK),
              when(
                  board.isSettled(),
                  "the launch is settled and the old version is gone: launch the old version instead"));
      case RESCUE ->
          rescue.isAsked()
              ? rescue.refusal(command)
              : firstOf(
                  when(goesBack(), WAY_BACK),
                  when(
                      board.isSettled(), "the launch is settled: its twin is no way back any more"),
                  rescue.impossible());
      case NOTE -> Optional.empty();
      case RETRY ->
          firstOf(
              when(
                  rescue.isAsked(),
                  "a rescue waits for its numbers: type them with rescue, or skip"),
              noSuchUndo(command.step()));
      case SKIP -> noSuchUndo(command.step());
    };
  }

  private Optional<String> notHeld() {
    return when(
        heldBy == null,
        board.state() == State.HELD
            ? "it waits for a decision: " + gate.openNow()
            : "it is not held");
  }

  private Optional<String> noSuchUndo(@Nullable String step) {
    return stuckUndo == null || retry != null
        ? Optional.of("no undo waits for a decision")
        : when(
            step != null && !step.equals(stuckUndo), "the undo that waits is '" + stuckUndo + "'");
  }

  private Optional<String> otherLaunch(String launch) {
    return when(
        !launch.equals(board.id().toString()), "this is launch " + board.id() + ", not " + launch);
  }

  private Optional<String> over() {
    return when(board.state() == State.ENDED, "the launch has ended");
  }

  private Receipt receipt(String message) {
    return new Receipt(board.id(), message, board.revision());
  }
}

package dev.liftoff;

import dev.liftoff.gate.Command;
import dev.liftoff.gate.Decision;
import dev.liftoff.gate.GateRules;
import dev.liftoff.gate.Receipt;
import dev.liftoff.gate.Role;
import dev.liftoff.status.LaunchStatus.State;
import dev.liftoff.timeline.TimelineEntry;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes what people say: refuses it with a sentence, or sets what the runbook looks at. Handlers
 * only set fields, so none of them can be in the middle of something when the launch ends.
 */
final class Desk {
  private final Board board;
  private final Map<Milestone, String> decided = new EnumMap<>(Milestone.class);
  private Runnable interrupt = () -> {};
  private @Nullable Milestone openGate;
  private @Nullable GateRules rules;
  private @Nullable Boolean answer;
  private String answeredBy = "";
  private @Nullable String heldBy;
  private boolean promotable;
  private boolean promoted;
  private @Nullable Halt halt;
  private @Nullable String stuckUndo;
  private @Nullable Boolean retry;

  Desk(Board board) {
    this.board = board;
  }

  void interruptBy(Runnable cancel) {
    interrupt = cancel;
  }

  void open(Milestone gate, GateRules gateRules) {
    openGate = gate;
    rules = gateRules;
    answer = null;
  }

  boolean isAnswered() {
    return answer != null;
  }

  boolean isGo() {
    return Boolean.TRUE.equals(answer);
  }

  String answeredBy() {
    return answeredBy;
  }

  boolean isHeld() {
    return heldBy != null;
  }

  String heldBy() {
    return String.valueOf(heldBy);
  }

  /** The launch holds itself, because it must not go on without a person. */
  void holdItself(String reason) {
    if (heldBy == null) {
      heldBy = "liftoff: " + reason;
      board.clock.stop(Waits.now());
      board.tell(TimelineEntry.Kind.COMMAND, "liftoff", "hold: " + reason);
    }
  }

  /** From here on there is something that {@code promote} can skip. */
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

  /** Ends the runbook from outside of it: a command or the guard. The first one counts. */
  void halt(Halt reason) {
    if (halt == null) {
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
    return firstOf(
        otherLaunch(launch),
        over(),
        missing("gate", decision.gate()),
        closed(String.valueOf(decision.gate())),
        missing("answer", decision.answer()),
        "go".equals(decision.answer()) || "no-go".equals(decision.answer())
            ? Optional.empty()
            : Optional.of("answer must be go or no-go, was '" + decision.answer() + "'"),
        person(decision.who(), decision.role()),
        notYours(decision.role()),
        missing("reason", decision.reason()));
  }

  Receipt take(Decision decision) {
    answer = "go".equals(decision.answer());
    answeredBy = decision.who() + " (" + decision.role() + "): " + decision.reason();
    Milestone gate = openGate;
    if (gate != null) {
      decided.put(gate, decision.answer() + " by " + decision.who());
    }
    openGate = null;
    board.tell(
        TimelineEntry.Kind.DECISION,
        String.valueOf(decision.who()),
        decision.answer()
            + " at "
            + decision.gate()
            + ", as "
            + decision.role()
            + ": "
            + decision.reason());
    return receipt(decision.answer() + " at gate " + decision.gate() + " is recorded");
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
    String reason = command.reason() == null ? "" : ": " + command.reason();
    board.tell(
        verb == Verb.NOTE ? TimelineEntry.Kind.NOTE : TimelineEntry.Kind.COMMAND,
        who,
        verb == Verb.NOTE ? command.reason() == null ? "" : command.reason() : verb + reason);
    return switch (verb) {
      case HOLD -> {
        heldBy = who + reason;
        board.clock.stop(Waits.now());
        yield receipt(
            "the clock is stopped; what runs now finishes, the guard goes on; resume with resume");
      }
      case RESUME -> {
        heldBy = null;
        board.clock.go(Waits.now());
        yield receipt("the clock goes on");
      }
      case PROMOTE -> {
        promoted = true;
        yield receipt("the rest of the wait is skipped");
      }
      case SCRUB -> {
        halt(Halt.scrub("scrubbed by " + who + reason));
        yield receipt("the launch is called off; everything is undone");
      }
      case ROLLBACK -> {
        halt(Halt.rollback("rolled back by " + who + reason));
        yield receipt(
            board.trafficMoved()
                ? "traffic goes back first, then the rest is undone"
                : "traffic has not moved; everything is undone");
      }
      case NOTE -> receipt("noted");
      case RETRY -> {
        retry = true;
        yield receipt("tries again: " + stuckUndo);
      }
      case SKIP -> {
        retry = false;
        yield receipt("left behind: " + stuckUndo);
      }
    };
  }

  void refused(String who, String what, String why) {
    board.tell(TimelineEntry.Kind.REFUSED, who, what + " refused: " + why);
  }

  private Optional<String> impossible(Verb verb, Command command) {
    boolean back = board.state() == State.ROLLING_BACK || halt != null;
    return switch (verb) {
      case HOLD ->
          back
              ? Optional.of("the way back runs and is not held")
              : when(heldBy != null, "it is held already, by " + heldBy);
      case RESUME -> when(heldBy == null, "it is not held");
      case PROMOTE ->
          back
              ? Optional.of("the way back runs")
              : when(
                  !promotable,
                  "nothing is soaking: promote skips the rest of a soak, or of a wait after T+0");
      case SCRUB ->
          back
              ? Optional.of("the way back runs already")
              : when(board.trafficMoved(), "traffic has moved: use rollback");
      case ROLLBACK ->
          back
              ? Optional.of("the way back runs already")
              : when(
                  board.isSettled(),
                  "the launch is settled and the old version is gone: launch the old version instead");
      case NOTE -> Optional.empty();
      case RETRY, SKIP ->
          stuckUndo == null
              ? Optional.of("no undo waits for a decision")
              : when(
                  command.step() != null && !command.step().equals(stuckUndo),
                  "the undo that waits is '" + stuckUndo + "'");
    };
  }

  private Optional<String> otherLaunch(String launch) {
    return when(
        !launch.equals(board.id().toString()), "this is launch " + board.id() + ", not " + launch);
  }

  private Optional<String> over() {
    return when(board.state() == State.ENDED, "the launch has ended");
  }

  private Optional<String> closed(String gate) {
    Milestone named;
    try {
      named = Milestone.of(gate);
    } catch (IllegalArgumentException unknown) {
      return Optional.of("there is no gate '" + gate + "'; " + openNow());
    }
    String earlier = decided.get(named);
    if (earlier != null) {
      return Optional.of("gate " + named + " is decided already: " + earlier);
    }
    return when(named != openGate, "gate " + named + " is not open; " + openNow());
  }

  private String openNow() {
    return openGate == null ? "no gate is open" : "open is " + openGate;
  }

  private Optional<String> notYours(@Nullable String role) {
    List<Role> may = rules == null ? List.of() : rules.roles().stream().sorted().toList();
    return when(
        role != null && !may.contains(Role.of(role)),
        "gate " + openGate + " is decided by " + may + ", not by " + role);
  }

  private static Optional<String> person(@Nullable String who, @Nullable String role) {
    Optional<String> missing = firstOf(missing("who", who), missing("role", role));
    if (missing.isPresent() || role == null) {
      return missing;
    }
    try {
      Role.of(role);
      return Optional.empty();
    } catch (IllegalArgumentException unknown) {
      return Optional.of("role " + unknown.getMessage());
    }
  }

  private static Optional<String> missing(String field, @Nullable String text) {
    return when(text == null, field + " is missing");
  }

  private static Optional<String> when(boolean wrong, String sentence) {
    return wrong ? Optional.of(sentence) : Optional.empty();
  }

  @SafeVarargs
  private static Optional<String> firstOf(Optional<String>... refusals) {
    for (Optional<String> refusal : refusals) {
      if (refusal.isPresent()) {
        return refusal;
      }
    }
    return Optional.empty();
  }

  private Receipt receipt(String message) {
    return new Receipt(board.id(), message, board.revision());
  }
}

package dev.liftoff.control;

import dev.liftoff.Halt;
import dev.liftoff.Milestone;
import dev.liftoff.Refusals;
import dev.liftoff.Verb;
import dev.liftoff.Waits;
import dev.liftoff.board.Board;
import dev.liftoff.gate.Command;
import dev.liftoff.gate.Decision;
import dev.liftoff.gate.GateRules;
import dev.liftoff.gate.Poll;
import dev.liftoff.gate.Role;
import dev.liftoff.gate.Seal;
import dev.liftoff.people.Loan;
import dev.liftoff.timeline.TimelineEntry.Kind;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Takes what people say: refuses it with a sentence, or sets what the runbook looks at. */
public final class Desk {
  /** The part of the seal that an amendment changes. */
  public static final String PLAN = "plan";

  private final Board board;
  private final OpenGate gate = new OpenGate();
  private final StuckUndo stuck = new StuckUndo();
  private final Queue<Command> discards = new ArrayDeque<>();
  private final Extension extension = new Extension();
  private final Callers callers;
  private final RescueApproval rescue;
  private final Holding holding;
  private final Amending amending;
  private final Admission admission;
  private final Intake intake;
  private Runnable interrupt = () -> {};
  private Runnable lookAgain = () -> {};
  private Seal seal = Seal.EMPTY;
  private boolean promotable;
  private boolean promoted;
  private @Nullable Halt halt;

  Desk(Board board, Amending amending) {
    this.board = board;
    this.amending = amending;
    callers = new Callers(board);
    rescue = new RescueApproval(board);
    holding = new Holding(board);
    admission = new Admission(board, this, gate);
    intake = new Intake(board, this, gate, new Effects(board, this, gate, holding));
  }

  /** Where what was admitted goes. */
  Intake intake() {
    return intake;
  }

  public RescueApproval rescue() {
    return rescue;
  }

  public Callers callers() {
    return callers;
  }

  Amending amending() {
    return amending;
  }

  public Extension extension() {
    return extension;
  }

  public StuckUndo stuck() {
    return stuck;
  }

  /** Kept databases that the commander gave up, oldest first. */
  public Queue<Command> discards() {
    return discards;
  }

  public void askNumbers(String undo, String numbers) {
    stuck.ask(undo);
    rescue.ask(numbers);
  }

  /** Or somebody skipped it. */
  public boolean hasNumbers() {
    return rescue.isTyped() || stuck.isDecided();
  }

  /** The database is held, and its twin could take its place without any loss. */
  boolean offersTwin() {
    return stuck.isAsked() && board.database.standing.canBePutBack();
  }

  /** A signal can come before the launch has begun: what it called off never begins. */
  public void interruptBy(Runnable cancel) {
    interrupt = cancel;
    if (halt != null) {
      cancel.run();
    }
  }

  void open(Milestone milestone, GateRules rules) {
    gate.open(milestone, rules);
  }

  /** The votes of this gate are about the launch as it is now. */
  Poll poll(Milestone milestone, GateRules rules, List<Role> required, String initiator) {
    Poll poll = new Poll(required, callers.policy().voting(), initiator, seal);
    gate.open(milestone, rules, poll);
    return poll;
  }

  void passed() {
    gate.pass();
  }

  /**
   * A part of the launch that is voted about is this now: votes about another one are void. Nothing
   * changes when it was so before.
   */
  public void sealed(String part, String digest) {
    seal = seal.with(part, digest);
    gate.poll().ifPresent(poll -> tellVoid(poll.sealed(seal)));
  }

  /** Votes for the plan of before are void, and say why. */
  void planAmended() {
    seal = seal.with(PLAN, amending.digest());
    gate.poll().ifPresent(poll -> tellVoid(poll.sealed(seal, amending.why())));
  }

  /** What is looked at once more when a poll would pass. */
  public void lookAgainBy(Runnable look) {
    lookAgain = look;
  }

  /** Takes a moment, in which votes may be cast and become void. */
  void lookAgain() {
    lookAgain.run();
  }

  /** What was said in it by whoever had it does not count any more. */
  void takenBack(Role role, String who) {
    gate.poll().ifPresent(poll -> tellVoid(poll.takenBack(role, who)));
  }

  /** A loan was given anew: what was said by it ends when it does. */
  void lentAgain(Loan loan) {
    gate.poll()
        .ifPresent(poll -> poll.lentAgain(loan.role(), loan.to(), loan.remark(), loan.until()));
  }

  /** Votes that do not count any more, and why. */
  void tellVoid(List<String> lines) {
    lines.forEach(line -> board.tell(Kind.DECISION, "liftoff", line));
    gate.poll()
        .map(poll -> poll.missing(Waits.now()))
        .filter(missing -> !missing.isEmpty())
        .ifPresent(board::awaiting);
  }

  boolean isAnswered() {
    return gate.isAnswered() || isExtended();
  }

  /** The review's answer was more time: it asks again at a checkpoint. */
  boolean isExtended() {
    return board.checkpoints.isPending();
  }

  boolean isGo() {
    return gate.isGo();
  }

  String answeredBy() {
    return gate.by();
  }

  public boolean isHeld() {
    return holding.isOn();
  }

  String heldBy() {
    return holding.by();
  }

  public Duration heldFor() {
    return holding.lasted();
  }

  public void holdItself(String reason) {
    holding.stopItself(reason);
  }

  /** From here on there is something, or nothing, that {@code promote} can skip. */
  public void promotable(boolean now) {
    board.people.twoPersons().forget(Verb.PROMOTE);
    promotable = now;
    promoted = false;
  }

  void promoted() {
    promoted = true;
  }

  boolean isPromotable() {
    return promotable;
  }

  public boolean isPromoted() {
    return promoted;
  }

  public @Nullable Halt halt() {
    return halt;
  }

  /**
   * Ends the runbook from outside of it: a command or the guard. The first one counts, and none
   * after the launch is settled, when there is no way back.
   */
  public void halt(Halt reason) {
    if (halt == null && !board.isSettled()) {
      halt = reason;
      interrupt.run();
    }
  }

  public Optional<String> refusal(Decision decision) {
    return Refusals.firstOf(admission.refusal(decision), callers.unproven(decision));
  }

  /** After it was found out who it is from. */
  Optional<String> stillRefused(Decision decision) {
    return admission.refusal(decision);
  }

  public Optional<String> refusal(Verb verb, Command command) {
    return Refusals.firstOf(admission.refusal(verb, command), callers.unproven(verb, command));
  }

  /** After it was found out who it is from. */
  Optional<String> stillRefused(Verb verb, Command command) {
    return admission.refusal(verb, command);
  }

  void refused(@Nullable String who, String what, String why) {
    board.refused(who, what, why);
  }
}

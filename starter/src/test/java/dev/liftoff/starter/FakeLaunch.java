package dev.liftoff.starter;

import dev.liftoff.LaunchId;
import dev.liftoff.LaunchWorkflow;
import dev.liftoff.Milestone;
import dev.liftoff.Outcome;
import dev.liftoff.checklist.ReadinessSummary;
import dev.liftoff.container.Slot;
import dev.liftoff.database.ProofLevel;
import dev.liftoff.gate.Command;
import dev.liftoff.gate.Decision;
import dev.liftoff.gate.Receipt;
import dev.liftoff.gate.Role;
import dev.liftoff.metrics.Verdict;
import dev.liftoff.notify.Backlog;
import dev.liftoff.notify.ChannelKind;
import dev.liftoff.notify.Told;
import dev.liftoff.plan.PlanDocument;
import dev.liftoff.status.LaunchStatus;
import dev.liftoff.status.LaunchStatus.State;
import dev.liftoff.timeline.TimelineEntry;
import dev.liftoff.traffic.Weight;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Waits at go-live and answers like a launch; what it is told, it writes into its timeline. */
public class FakeLaunch implements LaunchWorkflow {
  static final Instant T0 = Instant.parse("2026-11-20T14:00:00Z");

  private static final Backlog BACKLOG =
      new Backlog(
          List.of(
              new Backlog.Muted(
                  ChannelKind.EMAIL, "cara", "noise", T0, null, null, List.of("T+15m"))),
          List.of(
              new Backlog.Untold(
                  "7-validation-15m-validated",
                  "slack",
                  Told.State.FAILED,
                  "T+15: green is healthy")));

  private final List<TimelineEntry> timeline = new ArrayList<>();
  private LaunchId id = new LaunchId("none", "none", "none", "none");
  private State state = State.DECIDING;
  private Outcome outcome;
  private RuntimeException failure;
  private String commander = "";
  private PlanDocument document =
      new PlanDocument(com.fasterxml.jackson.databind.node.NullNode.getInstance());

  @Override
  public Outcome launch(PlanDocument plan) {
    document = plan;
    id =
        new LaunchId(
            plan.json().get("service").asText(),
            plan.json().get("environment").asText(),
            plan.json().get("version").asText(),
            Workflow.getInfo().getFirstExecutionRunId());
    commander = plan.json().get("commander").asText();
    Workflow.await(() -> outcome != null || failure != null);
    if (failure != null) {
      throw failure;
    }
    return outcome;
  }

  @Override
  public void readiness(ReadinessSummary summary) {}

  @Override
  public LaunchStatus status() {
    return new LaunchStatus(
        LaunchStatus.SCHEMA,
        id,
        timeline.size(),
        T0,
        commander,
        "v1",
        id.version(),
        Milestone.GO_LIVE,
        outcome == null ? state : State.ENDED,
        "the gate is open",
        new LaunchStatus.Clock(T0, null, Duration.ZERO, null),
        new LaunchStatus.Next(Milestone.VALIDATION_15M, T0.plusSeconds(900), "T+15m"),
        state == State.DECIDING
            ? new LaunchStatus.Awaited(
                Milestone.GO_LIVE, List.of(Role.COMMANDER), T0, T0.plusSeconds(3600))
            : null,
        new LaunchStatus.Traffic(Slot.GREEN, Weight.NONE, null, null),
        new LaunchStatus.Judged(new Verdict.Pass(), List.of(), T0),
        List.of(),
        new LaunchStatus.Database(
            "41",
            "42",
            List.of("V43"),
            "shop-41",
            true,
            List.of("43 expand, 4 ms"),
            true,
            List.of(),
            ProofLevel.L4),
        List.of(new LaunchStatus.Undo("traffic to blue", LaunchStatus.UndoState.ARMED, "")),
        new LaunchStatus.WayBack(
            true,
            List.of("traffic to blue"),
            List.of("migration V42 (expand)"),
            "the old version goes on with the new schema"),
        outcome,
        List.of(),
        List.of(),
        null,
        List.of(new dev.liftoff.notify.Tally("slack", 0, 5, 1, 0, 0, "T+15m: answered 404")),
        List.of(),
        List.of(),
        null,
        dev.liftoff.status.PeopleStatus.UNKNOWN,
        null,
        null,
        BACKLOG,
        new dev.liftoff.status.PlanStatus(document.digest(), List.of()));
  }

  @Override
  public List<TimelineEntry> timeline() {
    return timeline;
  }

  @Override
  public PlanDocument plan() {
    return document;
  }

  @Override
  public String report() {
    return "# Status report\n";
  }

  @Override
  public String retrospective() {
    return "# Retrospective\n";
  }

  @Override
  public Receipt decide(Decision decision) {
    if (decision.answer().equals("no-go")) {
      outcome = new Outcome.Scrubbed(Milestone.GO_LIVE, "no-go by " + decision.who(), List.of());
    }
    state = State.SOAKING;
    return written(
        TimelineEntry.Kind.DECISION, decision.who(), decision.answer() + " at " + decision.gate());
  }

  @Override
  public void checkDecide(Decision decision) {
    if (state != State.DECIDING) {
      throw new IllegalArgumentException("no gate is open");
    }
    if (!"go-live".equals(decision.gate())) {
      throw new IllegalArgumentException(
          "the gate " + decision.gate() + " is not open; open is go-live");
    }
  }

  @Override
  public void decideBySignal(Decision decision) {
    decide(decision);
  }

  @Override
  public Receipt hold(Command command) {
    state = State.HELD;
    return told("hold", command);
  }

  @Override
  public void checkHold(Command command) {}

  @Override
  public void holdBySignal(Command command) {
    hold(command);
  }

  @Override
  public Receipt resume(Command command) {
    state = State.SOAKING;
    return told("resume", command);
  }

  @Override
  public void checkResume(Command command) {
    if (state != State.HELD) {
      throw ApplicationFailure.newFailure("the launch is not held", "REFUSED");
    }
  }

  @Override
  public void resumeBySignal(Command command) {}

  @Override
  public Receipt promote(Command command) {
    outcome = new Outcome.Launched(id.version(), List.of());
    return told("promote", command);
  }

  @Override
  public void checkPromote(Command command) {}

  @Override
  public void promoteBySignal(Command command) {}

  @Override
  public Receipt lend(Command command) {
    return told("lend to " + command.to() + " until " + command.until(), command);
  }

  @Override
  public void checkLend(Command command) {}

  @Override
  public void lendBySignal(Command command) {}

  @Override
  public Receipt extend(Command command) {
    return told("extend by " + command.duration(), command);
  }

  @Override
  public void checkExtend(Command command) {}

  @Override
  public void extendBySignal(Command command) {}

  @Override
  public Receipt scrub(Command command) {
    failure = ApplicationFailure.newNonRetryableFailure("scrubbed by " + command.who(), "SCRUBBED");
    return told("scrub", command);
  }

  @Override
  public void checkScrub(Command command) {}

  @Override
  public void scrubBySignal(Command command) {}

  @Override
  public Receipt rollback(Command command) {
    outcome = new Outcome.RolledBack(Milestone.GO_LIVE, command.reason(), List.of());
    return told("rollback", command);
  }

  @Override
  public void checkRollback(Command command) {}

  @Override
  public void rollbackBySignal(Command command) {
    rollback(command);
  }

  @Override
  public Receipt discard(Command command) {
    return told("discard " + command.database(), command);
  }

  @Override
  public void checkDiscard(Command command) {}

  @Override
  public void discardBySignal(Command command) {}

  @Override
  public Receipt amend(Command command) {
    return told("amend " + command.seen() + " to " + command.plan().get("limits"), command);
  }

  @Override
  public void checkAmend(Command command) {}

  @Override
  public void amendBySignal(Command command) {}

  @Override
  public Receipt present(Command command) {
    return told("present", command);
  }

  @Override
  public void checkPresent(Command command) {}

  @Override
  public void presentBySignal(Command command) {}

  @Override
  public Receipt acknowledge(Command command) {
    return told("acknowledge", command);
  }

  @Override
  public void checkAcknowledge(Command command) {}

  @Override
  public void acknowledgeBySignal(Command command) {}

  @Override
  public Receipt action(Command command) {
    return told(
        "action for " + command.owner() + " until " + command.due() + " done " + command.done(),
        command);
  }

  @Override
  public void checkAction(Command command) {}

  @Override
  public void actionBySignal(Command command) {}

  @Override
  public Receipt mute(Command command) {
    return told("mute " + command.channel() + " for " + command.duration(), command);
  }

  @Override
  public void checkMute(Command command) {}

  @Override
  public void muteBySignal(Command command) {}

  @Override
  public Receipt unmute(Command command) {
    return told("unmute " + command.channel(), command);
  }

  @Override
  public void checkUnmute(Command command) {}

  @Override
  public void unmuteBySignal(Command command) {}

  @Override
  public Receipt resend(Command command) {
    return told("resend " + command.message() + " on " + command.channel(), command);
  }

  @Override
  public void checkResend(Command command) {}

  @Override
  public void resendBySignal(Command command) {}

  @Override
  public Receipt rescue(Command command) {
    return told("rescue", command);
  }

  @Override
  public void checkRescue(Command command) {}

  @Override
  public void rescueBySignal(Command command) {}

  @Override
  public Receipt note(Command command) {
    return written(TimelineEntry.Kind.NOTE, command.who(), command.reason());
  }

  @Override
  public void checkNote(Command command) {}

  @Override
  public void noteBySignal(Command command) {}

  @Override
  public Receipt retry(Command command) {
    return told("retry", command);
  }

  @Override
  public void checkRetry(Command command) {}

  @Override
  public void retryBySignal(Command command) {}

  @Override
  public Receipt skip(Command command) {
    failure = ApplicationFailure.newNonRetryableFailure("the disk is full", "BACKUP_FAILED");
    return told("skip", command);
  }

  @Override
  public void checkSkip(Command command) {}

  @Override
  public void skipBySignal(Command command) {}

  private Receipt told(String verb, Command command) {
    return written(
        TimelineEntry.Kind.COMMAND,
        command.who() + "/" + command.role(),
        verb + ": " + command.reason() + " " + command.step());
  }

  private Receipt written(TimelineEntry.Kind kind, String who, String text) {
    timeline.add(new TimelineEntry(T0, "T-00:00", Milestone.GO_LIVE, kind, who, text));
    return new Receipt(id, "told: " + text, timeline.size());
  }
}

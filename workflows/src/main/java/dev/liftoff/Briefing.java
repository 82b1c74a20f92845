package dev.liftoff;

import dev.liftoff.board.Attendance;
import dev.liftoff.board.Board;
import dev.liftoff.control.Controls;
import dev.liftoff.gate.Role;
import dev.liftoff.notify.Announcement.Severity;
import dev.liftoff.notify.Occasion;
import dev.liftoff.plan.BriefingSpec;
import dev.liftoff.plan.Durations;
import dev.liftoff.status.LaunchStatus.State;
import dev.liftoff.timeline.TimelineEntry.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The roll-call: who is missing is named, and without the commander nothing goes on. */
final class Briefing {
  private final Controls controls;
  private final Board board;
  private final Attendance attendance;

  Briefing(Controls controls) {
    this.controls = controls;
    board = controls.board();
    attendance = board.attendance;
  }

  /** Nothing where the plan has no briefing. */
  void call() {
    BriefingSpec spec = controls.plan().briefing();
    if (spec == null) {
      return;
    }
    Instant until = Waits.now().plus(spec.within());
    attendance.open(until);
    if (!attendance.missing().isEmpty()) {
      rollCall(spec, until);
    }
    awaitRequired();
    attendance.close();
    conclude();
  }

  private void rollCall(BriefingSpec spec, Instant until) {
    board.state(State.WAITING, "the roll-call is open until " + until);
    tell(Occasion.POLL, Severity.INFORMATION, "BRIEFING: who is here?", until);
    Duration half = spec.within().dividedBy(2);
    if (!Waits.until("roll-call", half, this::everybodyIsHere)) {
      tell(Occasion.REMINDER, Severity.WARNING, "BRIEFING: missing " + missing(), until);
      boolean _ = Waits.until("roll-call closes", spec.within().minus(half), this::everybodyIsHere);
    }
    board.state(State.WORKING, Milestone.BRIEFING.word());
  }

  /** It is no hold of a person, which a resume could end: only who is missing can. */
  private void awaitRequired() {
    if (attendance.missingRequired().isEmpty()) {
      return;
    }
    Duration limit = controls.plan().limits().hold();
    String reason = "missing at the briefing: " + words(attendance.missingRequired());
    board.tell(Kind.TROUBLE, "liftoff", reason + ": held");
    board.state(State.HELD, reason + "; present goes on");
    tell(Occasion.HELD, Severity.CRITICAL, "HELD: " + reason, Waits.now().plus(limit));
    if (!Waits.until("briefing", limit, () -> attendance.missingRequired().isEmpty())) {
      throw Halt.scrub(reason + " for longer than " + Durations.text(limit));
    }
    board.state(State.WORKING, Milestone.BRIEFING.word());
  }

  private void conclude() {
    String sentence = rollCall();
    if (attendance.missing().isEmpty()) {
      controls.step("briefing: " + sentence);
      return;
    }
    board.tell(Kind.TROUBLE, "liftoff", "briefing: " + sentence);
    controls
        .announcer()
        .announce(
            Occasion.REMINDER,
            Severity.WARNING,
            "BRIEFING ends without " + missing(),
            List.of(sentence, "the launch goes on"));
  }

  private void tell(Occasion occasion, Severity severity, String title, Instant until) {
    List<String> facts = new ArrayList<>();
    facts.add(rollCall());
    facts.add("say present, with your role, until " + until);
    controls.announcer().announce(occasion, severity, title, facts);
  }

  private String rollCall() {
    var status = attendance.status();
    return status == null ? "" : status.sentence();
  }

  private boolean everybodyIsHere() {
    return attendance.missing().isEmpty();
  }

  private String missing() {
    return words(attendance.missing());
  }

  private static String words(List<Role> roles) {
    return roles.stream().map(Role::word).collect(Collectors.joining(", "));
  }
}

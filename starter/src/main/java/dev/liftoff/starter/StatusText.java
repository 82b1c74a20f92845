package dev.liftoff.starter;

import dev.liftoff.metrics.Reading;
import dev.liftoff.metrics.Verdict;
import dev.liftoff.probe.ProbeResult;
import dev.liftoff.status.Declaring;
import dev.liftoff.status.Exposure;
import dev.liftoff.status.LaunchStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The screen of a launch: one snapshot, every number with its limit and its age. */
final class StatusText {
  private final LaunchStatus status;
  private final Session session;
  private final Paint paint;
  private final List<String> lines = new ArrayList<>();

  private StatusText(LaunchStatus status, Session session) {
    this.status = status;
    this.session = session;
    this.paint = session.paint();
  }

  static String of(LaunchStatus status, Session session) {
    StatusText text = new StatusText(status, session);
    text.heading();
    text.clock();
    text.people();
    text.lines.addAll(PeopleLines.of(status, session.paint(), session.now()));
    text.lines.addAll(ReadinessText.lines(status.readiness(), session.paint(), session.now()));
    text.lines.addAll(AlertsText.lines(status.alerts(), session.paint(), session.now()));
    TeamText.lines(status.team()).forEach(line -> text.line(line.label(), line.text()));
    text.traffic();
    text.exposure();
    text.judged();
    text.lines.addAll(WatchedTable.lines(status.watched(), session.paint()));
    text.checks();
    text.database();
    text.wayBack();
    status.messages().forEach(tally -> text.line("messages", tally.sentence()));
    text.backlog();
    text.lines.add("Next: " + NextCommands.of(status));
    return String.join("\n", text.lines);
  }

  private void backlog() {
    status.backlog().muted().forEach(muted -> line("muted", muted.sentence()));
    status.backlog().untold().forEach(untold -> line("untold", untold.sentence()));
  }

  private void heading() {
    String clock = Times.clock(zero(status), session.now());
    lines.add(
        "%s %s%s in %s   %s%s%s"
            .formatted(
                paint.bold(status.launch().service()),
                status.from() == null ? "" : status.from() + " → ",
                status.to(),
                status.launch().environment(),
                paint.state(status.state()),
                status.milestone() == null ? "" : " at " + status.milestone(),
                clock.isEmpty() ? "" : "   " + clock));
    lines.add("  " + status.because());
    line(
        "launch",
        "%s, revision %d, as of %s"
            .formatted(status.launch(), status.revision(), Times.second(status.asOf())));
    if (status.plan() != null) {
      line("plan", status.plan().sentence());
    }
  }

  private void clock() {
    LaunchStatus.Clock clock = status.clock();
    if (clock.actual() != null) {
      line("T+0", Times.second(clock.actual()));
    } else if (clock.planned() != null) {
      line("T+0", "planned " + Times.until(clock.planned(), session.now()));
    }
    if (clock.heldSince() != null) {
      line("held", "since " + Times.second(clock.heldSince()));
    } else if (!clock.held().isZero()) {
      line("held", Times.rounded(clock.held()) + " in all");
    }
    LaunchStatus.Next next = status.next();
    if (next != null) {
      line(
          "next",
          next.milestone()
              + (next.label() == null ? "" : " (" + next.label() + ")")
              + (next.at() == null ? ", at once" : " at " + Times.until(next.at(), session.now())));
    }
  }

  private void people() {
    line("commander", status.commander());
    LaunchStatus.Awaited awaited = status.awaited();
    if (awaited != null) {
      line(
          "awaited",
          "%s at %s until %s"
              .formatted(
                  awaited.roles().stream().map(Object::toString).collect(Collectors.joining(", ")),
                  awaited.gate(),
                  Times.until(awaited.until(), session.now())));
      String meaning = Declaring.go(awaited.gate(), status.to());
      if (meaning != null) {
        line("means", meaning);
      }
    }
  }

  private void traffic() {
    LaunchStatus.Traffic traffic = status.traffic();
    String candidate = traffic.candidate() == null ? "candidate" : traffic.candidate().toString();
    String actual =
        traffic.actual() == null || traffic.readAt() == null
            ? "not read back yet"
            : "blue %s, green %s, read %s"
                .formatted(
                    traffic.actual().blue(),
                    traffic.actual().green(),
                    Times.second(traffic.readAt()));
    line("traffic", "%s planned to %s; %s".formatted(candidate, traffic.planned(), actual));
  }

  private void exposure() {
    Exposure exposure = status.exposure();
    if (exposure != null) {
      line("exposure", exposure.sentence());
      exposure.lines().forEach(moment -> lines.add("             " + moment));
    }
  }

  private void judged() {
    LaunchStatus.Judged judged = status.judged();
    if (judged != null) {
      line(
          "verdict",
          "%s at %s".formatted(verdict(judged.verdict(), paint), Times.second(judged.at())));
      judged.readings().forEach(reading -> lines.add("             " + reading(reading)));
    }
    status.calibration().forEach(one -> line("judge", one));
    status.concerns().forEach(concern -> line("concern", concern.toString()));
  }

  static String verdict(Verdict verdict, Paint paint) {
    return switch (verdict) {
      case Verdict.Pass() -> paint.good("pass");
      case Verdict.Fail(String reason) -> paint.bad("fail") + ": " + reason;
      case Verdict.NoData(String reason) -> paint.attention("no data") + ": " + reason;
      case Verdict.NotYet(String reason) -> paint.attention("not yet") + ": " + reason;
      case Verdict.Hold(String reason) -> paint.attention("hold") + ": " + reason;
    };
  }

  private String reading(Reading reading) {
    String state =
        switch (reading.state()) {
          case OK -> paint.good("OK");
          case BREACH -> paint.bad("BREACH");
          case NO_DATA -> paint.attention("NO DATA");
        };
    return "%-13s %s %s%s, %d samples, %s"
        .formatted(
            reading.metric(),
            state,
            reading.value() == null ? "-" : Numbers.text(reading.value()),
            reading.limit() == null ? "" : " (not " + reading.limitSentence() + ")",
            reading.samples(),
            Times.second(reading.asOf()));
  }

  private void checks() {
    for (ProbeResult check : status.checks()) {
      line(
          "check",
          "%s %s: %s (%s)"
              .formatted(mark(check.state()), check.check(), check.value(), check.limit()));
    }
  }

  private String mark(ProbeResult.State state) {
    return switch (state) {
      case PASS -> paint.good("✔ OK");
      case FAIL -> paint.bad("✖ FAIL");
      case NO_DATA -> paint.attention("? NO DATA");
    };
  }

  private void database() {
    LaunchStatus.Database database = status.database();
    List<String> parts = new ArrayList<>();
    if (database.schemaNow() != null) {
      parts.add(
          database.schemaBefore() == null
                  || Objects.equals(database.schemaBefore(), database.schemaNow())
              ? "schema " + database.schemaNow()
              : "schema %s → %s".formatted(database.schemaBefore(), database.schemaNow()));
    }
    if (!database.pending().isEmpty()) {
      parts.add("pending " + String.join(", ", database.pending()));
    }
    if (database.restorePoint() != null) {
      parts.add("restore point %s, %s".formatted(database.restorePoint(), proof(database)));
    }
    if (!parts.isEmpty()) {
      line("database", String.join("; ", parts));
    }
    database.rehearsed().forEach(rehearsed -> line("rehearsed", rehearsed));
    database.rescue().forEach(rescue -> line("rescue", rescue));
  }

  /** A worker of before told no level. */
  private static String proof(LaunchStatus.Database database) {
    if (database.level() != null) {
      return database.level().sentence();
    }
    return database.proven() ? "proven" : "not verified";
  }

  private void wayBack() {
    for (LaunchStatus.Undo undo : status.undo()) {
      line(
          "undo",
          "%s: %s%s"
              .formatted(
                  undo.state(), undo.name(), undo.result().isBlank() ? "" : ", " + undo.result()));
    }
    if (status.wayBack().open()) {
      status.wayBack().would().forEach(would -> line("way back", would));
      status.wayBack().wouldNot().forEach(wouldNot -> line("not undone", wouldNot));
      if (status.wayBack().database() != null) {
        line("data", status.wayBack().database());
      }
    }
    if (status.outcome() != null) {
      line("outcome", Ending.of(status.outcome()).sentence());
    }
  }

  private void line(String label, String text) {
    lines.add("  %-10s %s".formatted(label, text));
  }

  static @Nullable Instant zero(LaunchStatus status) {
    return status.clock().actual() != null ? status.clock().actual() : status.clock().planned();
  }
}

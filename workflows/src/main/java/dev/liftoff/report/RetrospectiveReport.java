package dev.liftoff.report;

import static dev.liftoff.report.Page.minute;

import dev.liftoff.Outcome;
import dev.liftoff.status.ActionItem;
import dev.liftoff.status.Exposure;
import dev.liftoff.status.LaunchStatus;
import dev.liftoff.status.LaunchStatus.Database;
import dev.liftoff.status.Team;
import dev.liftoff.timeline.TimelineEntry;
import dev.liftoff.timeline.TimelineEntry.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The document that a retrospective begins with: the facts filled in, and room for what only people
 * know. Nobody is ranked in it.
 */
public final class RetrospectiveReport {
  private static final String FOR_PEOPLE = "_For people to fill in._";

  private final Dossier dossier;
  private final LaunchStatus status;
  private final Page page = new Page();

  private RetrospectiveReport(Dossier dossier) {
    this.dossier = dossier;
    status = dossier.status();
  }

  public static String of(Dossier dossier) {
    return new RetrospectiveReport(dossier).write();
  }

  private String write() {
    page.title(
        "Retrospective: %s %s%s in %s"
            .formatted(
                status.launch().service(),
                status.from() == null ? "" : status.from() + " → ",
                status.to(),
                status.launch().environment()));
    header();
    Amended.write(page, status.plan());
    milestones();
    page.section("What people decided and did").entries(decisions(), "none");
    page.section("Holds").items(StatusReport.holds(dossier), "none");
    page.section("What guard and judge said").entries(dossier.of(Kind.VERDICT), "nothing");
    page.section("Trouble").entries(dossier.of(Kind.TROUBLE), "none");
    page.section("Database").items(database(), "the plan has none, or it was not looked at");
    page.section("What users met").items(exposure(), "no traffic was on the new version");
    page.section("Beside the time before the launch")
        .items(
            status.watched().stream().map(thing -> thing.line()).toList(), "nothing was watched");
    page.section("Messages")
        .items(
            Stream.concat(
                    status.messages().stream().map(tally -> tally.sentence()),
                    status.backlog().muted().stream().map(muted -> muted.sentence()))
                .toList(),
            "none");
    page.section("Notes").entries(dossier.of(Kind.NOTE), "none");
    actions();
    List.of("What went well", "What surprised us", "What we change")
        .forEach(title -> page.section(title).line(FOR_PEOPLE));
    return page.toString();
  }

  private void header() {
    page.section("In short")
        .item("outcome", outcome())
        .item("launch", status.launch().toString())
        .item("image", dossier.image())
        .item("commander", status.commander())
        .item("T+0 planned", dossier.launchAt() == null ? "at once" : minute(dossier.launchAt()))
        .item("T+0", minute(status.clock().actual()))
        .item("begun", minute(dossier.begun()))
        .item("as of", minute(status.asOf()))
        .item("held", dossier.holds().isEmpty() ? "never" : StatusReport.held(dossier));
    if (status.readiness() != null) {
      page.item("readiness", status.readiness().dated());
    }
    if (status.alerts() != null) {
      page.item("alerts", status.alerts().dated());
    }
    Team team = status.team();
    if (team != null && team.briefing() != null) {
      page.item("briefing", team.briefing().sentence());
    }
    if (team != null && team.handOver() != null) {
      page.item("hand-over", team.handOver().sentence());
    }
  }

  private String outcome() {
    return switch (status.outcome()) {
      case null -> "it still runs: " + status.state() + ", " + status.because();
      case Outcome.Launched(String version, List<String> left) ->
          version + " is the new baseline" + behind(left);
      case Outcome.RolledBack(var at, String reason, List<String> left) ->
          "rolled back at %s: %s%s".formatted(at, reason, behind(left));
      case Outcome.Scrubbed(var at, String reason, List<String> left) ->
          "called off at %s: %s%s".formatted(at, reason, behind(left));
    };
  }

  private static String behind(List<String> left) {
    return left.isEmpty() ? "" : "; left behind: " + String.join(", ", left);
  }

  private void milestones() {
    page.section("Milestones").header("milestone", "by the plan", "planned", "reached", "late by");
    dossier
        .milestones()
        .forEach(one ->
            page.row(
                one.milestone().word(),
                one.label(),
                minute(one.planned()),
                minute(one.at()),
                late(one)));
    if (!status.checkpoints().isEmpty()) {
      page.line("");
      page.items(status.checkpoints().stream().map(StatusReport::added).toList(), "");
    }
  }

  private static String late(Passed one) {
    if (one.planned() == null) {
      return "-";
    }
    Duration late = Duration.between(one.planned(), one.at());
    if (late.abs().toMinutes() == 0) {
      return "on time";
    }
    return late.isNegative() ? Page.rounded(late.abs()) + " early" : Page.rounded(late);
  }

  /** What people decided and told; what Liftoff opened and asked is in the timeline. */
  private List<TimelineEntry> decisions() {
    return dossier.timeline().stream()
        .filter(entry -> entry.kind() == Kind.DECISION || entry.kind() == Kind.COMMAND)
        .filter(entry -> !entry.who().equals("liftoff"))
        .toList();
  }

  private List<String> database() {
    Database database = status.database();
    List<String> facts = new ArrayList<>();
    if (database.schemaNow() != null) {
      facts.add(
          Objects.equals(database.schemaBefore(), database.schemaNow())
              ? "schema " + database.schemaNow() + ", unchanged"
              : "schema %s → %s".formatted(database.schemaBefore(), database.schemaNow()));
    }
    if (database.restorePoint() != null) {
      facts.add(
          "restore point %s, %s"
              .formatted(
                  database.restorePoint(),
                  database.level() == null
                      ? database.proven() ? "proven" : "not verified"
                      : database.level().sentence()));
    }
    database.rehearsed().forEach(line -> facts.add("rehearsed: " + line));
    if (!facts.isEmpty()) {
      facts.add(
          database.compatible()
              ? "the old version was seen to work on the new schema"
              : "the old version was not tried on the new schema");
    }
    return facts;
  }

  private List<String> exposure() {
    Exposure exposure = status.exposure();
    if (exposure == null) {
      return List.of();
    }
    List<String> facts = new ArrayList<>(List.of(exposure.sentence()));
    facts.addAll(exposure.lines());
    return facts;
  }

  private void actions() {
    List<ActionItem> all = status.team() == null ? List.of() : status.team().actions();
    page.section("Action items");
    if (all.isEmpty()) {
      page.line("none: add them with liftoff action");
    }
    all.forEach(item -> page.task(item.done(), item.toString()));
  }
}

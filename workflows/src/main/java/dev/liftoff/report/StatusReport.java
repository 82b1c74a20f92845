package dev.liftoff.report;

import static dev.liftoff.report.Page.minute;

import dev.liftoff.metrics.Reading;
import dev.liftoff.notify.Tally;
import dev.liftoff.plan.Durations;
import dev.liftoff.status.Checkpoint;
import dev.liftoff.status.Declaring;
import dev.liftoff.status.LaunchStatus;
import dev.liftoff.status.LaunchStatus.Awaited;
import dev.liftoff.status.Team;
import dev.liftoff.timeline.TimelineEntry;
import dev.liftoff.timeline.TimelineEntry.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The status report of the reviews, as Markdown to paste. The facts are those of a 24 h / 48 h
 * report; what Liftoff cannot know is said, and not left out.
 */
public final class StatusReport {
  private static final String UNKNOWN =
      "not known to Liftoff: support tickets and user feedback, cost, errors by kind, latency by route";

  private final Dossier dossier;
  private final LaunchStatus status;
  private final Stability stability;
  private final Page page = new Page();

  private StatusReport(Dossier dossier) {
    this.dossier = dossier;
    status = dossier.status();
    stability = Stability.of(status);
  }

  public static String of(Dossier dossier) {
    return new StatusReport(dossier).write();
  }

  /** The same in a few lines, for a message. */
  public static List<String> summary(Dossier dossier) {
    LaunchStatus status = dossier.status();
    List<String> lines = new ArrayList<>();
    lines.add("stability " + Stability.of(status));
    if (!dossier.holds().isEmpty()) {
      lines.add(held(dossier));
    }
    lines.add(wayBack(dossier));
    Team team = status.team();
    if (team != null && team.handOver() != null) {
      lines.add("hand-over: " + team.handOver().sentence());
    }
    unsent(status).forEach(tally -> lines.add("messages to " + tally.sentence()));
    lines.add("the whole report: liftoff report, or the query report");
    return lines;
  }

  private String write() {
    page.title(
        "Status report: %s %s%s in %s"
            .formatted(
                status.launch().service(),
                status.from() == null ? "" : status.from() + " → ",
                status.to(),
                status.launch().environment()));
    page.line("");
    page.line("**" + stability.level() + "**, as of " + minute(status.asOf()));
    page.line("");
    page.items(stability.reasons(), "");
    header();
    Amended.write(page, status.plan());
    asked();
    service();
    people();
    page.section("Holds").items(holds(dossier), "none");
    page.section("What guard and judge said").entries(dossier.of(Kind.VERDICT), "nothing yet");
    page.section("Trouble").entries(trouble(), "none");
    page.section("Messages that are not sent")
        .items(unsent(status).stream().map(Tally::sentence).toList(), "none");
    gaps();
    return page.toString();
  }

  private void header() {
    page.section("The launch")
        .item("launch", status.launch().toString())
        .item("commander", status.commander())
        .item("image", dossier.image())
        .item("T+0", zero())
        .item("state", status.state() + ": " + status.because())
        .item("way back", wayBack(dossier))
        .item("way back of the database", status.wayBack().database());
    status.wayBack().wouldNot().forEach(line -> page.item("a rollback would not undo", line));
    if (status.exposure() != null) {
      page.item("exposure", status.exposure().sentence());
    }
  }

  private String zero() {
    return status.clock().actual() == null
        ? "planned " + minute(status.clock().planned())
        : minute(status.clock().actual());
  }

  private void asked() {
    page.section("The decision asked");
    Awaited awaited = status.awaited();
    if (awaited == null) {
      page.line(next());
      return;
    }
    page.item(awaited.gate().word(), "by " + awaited.roles() + " until " + minute(awaited.until()));
    String go = Declaring.go(awaited.gate(), status.to());
    if (go != null) {
      page.items(List.of(go, Declaring.others(Durations.text(dossier.canExtend()))), "");
    }
  }

  private String next() {
    LaunchStatus.Next next = status.next();
    return next == null
        ? "none now"
        : "none now; next is %s (%s) at %s"
            .formatted(next.milestone(), next.label(), minute(next.at()));
  }

  private void service() {
    page.section("Limits");
    LaunchStatus.Judged judged = status.judged();
    if (judged == null || judged.readings().isEmpty()) {
      page.line("not looked at yet");
    } else {
      page.header("metric", "state", "value", "not", "samples", "measured");
      judged.readings().forEach(this::reading);
    }
    page.section("Beside the time before the launch")
        .items(
            status.watched().stream().map(thing -> thing.line()).toList(),
            "the plan watches nothing, or it was not looked at yet");
    page.section("Concerns")
        .items(status.concerns().stream().map(Object::toString).toList(), "none");
  }

  private void reading(Reading reading) {
    page.row(
        reading.metric().toString(),
        reading.state().toString().replace('_', ' '),
        reading.value() == null ? "-" : text(reading.value()),
        reading.limit() == null ? "-" : reading.limitSentence(),
        Long.toString(reading.samples()),
        minute(reading.asOf()));
  }

  private void people() {
    page.section("People");
    Team team = status.team();
    List<String> lines = new ArrayList<>();
    if (status.readiness() != null) {
      lines.add("readiness: " + status.readiness().dated());
    }
    if (status.alerts() != null) {
      lines.add("alerts: " + status.alerts().dated());
      status.alerts().lines().forEach(line -> lines.add("alert: " + line));
      if (status.alerts().silences() != null) {
        lines.add("silenced: " + status.alerts().silences().sentence());
      }
    }
    if (team != null && team.briefing() != null) {
      lines.add("briefing: " + team.briefing().sentence());
    }
    if (team != null && team.handOver() != null) {
      lines.add("hand-over: " + team.handOver().sentence());
    }
    status.checkpoints().stream().map(StatusReport::added).forEach(lines::add);
    if (team != null) {
      team.open().forEach(action -> lines.add("to do: " + action));
    }
    page.items(lines, "the plan asks nobody to be present or to take over");
  }

  private void gaps() {
    List<String> gaps = new ArrayList<>(Stability.gaps(status));
    gaps.add(UNKNOWN);
    page.section("Data gaps").items(gaps, "");
  }

  private List<TimelineEntry> trouble() {
    return dossier.of(Kind.TROUBLE);
  }

  static String added(Checkpoint checkpoint) {
    return "checkpoint %s at %s, added by %s"
        .formatted(checkpoint.label(), minute(checkpoint.at()), checkpoint.by());
  }

  static List<String> holds(Dossier dossier) {
    return dossier.holds().stream()
        .map(hold ->
            "%s for %s%s: %s"
                .formatted(
                    minute(hold.from()),
                    Page.rounded(hold.lasted(dossier.status().asOf())),
                    hold.until() == null ? " so far" : "",
                    hold.by()))
        .toList();
  }

  static String held(Dossier dossier) {
    return "held %d x, %s in all".formatted(dossier.holds().size(), Page.rounded(dossier.held()));
  }

  static List<Tally> unsent(LaunchStatus status) {
    return status.messages().stream().filter(tally -> tally.trouble() != null).toList();
  }

  private static String wayBack(Dossier dossier) {
    LaunchStatus status = dossier.status();
    if (!status.wayBack().open()) {
      return "there is none any more";
    }
    return "open, the old version stays ready until " + until(dossier);
  }

  private static String until(Dossier dossier) {
    return dossier.settles() == null
        ? "the last review"
        : "a go at the last review, " + minute(dossier.settles());
  }

  static String text(@Nullable Double value) {
    return value == null
        ? "-"
        : new java.math.BigDecimal(value, new java.math.MathContext(3))
            .stripTrailingZeros()
            .toPlainString();
  }
}

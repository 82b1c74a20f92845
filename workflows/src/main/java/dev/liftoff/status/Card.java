package dev.liftoff.status;

import dev.liftoff.LaunchId;
import dev.liftoff.gate.Role;
import dev.liftoff.metrics.Reading;
import dev.liftoff.notify.Backlog;
import dev.liftoff.probe.ProbeResult;
import java.time.Instant;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The card that the Temporal UI shows of a launch. Lists, since its Markdown has no tables before
 * version 2.53.
 */
public final class Card {
  /** The server takes 20,000 bytes; far fewer can be read at 3 a.m. */
  private static final int LONGEST = 8_000;

  private Card() {}

  public static String of(LaunchStatus status) {
    StringJoiner card = new StringJoiner("\n");
    card.add(
        "### "
            + status.launch().service()
            + " "
            + (status.from() == null ? "" : status.from() + " -> ")
            + status.to()
            + " in "
            + status.launch().environment());
    card.add("");
    card.add(
        "- **"
            + status.state()
            + "**"
            + (status.milestone() == null ? "" : " at " + status.milestone())
            + ": "
            + plain(status.because()));
    if (status.readiness() != null) {
      card.add("- readiness: " + plain(status.readiness().dated()));
      if (!status.readiness().ready()) {
        status.readiness().blocking().forEach(reason -> card.add("  - " + plain(reason)));
      }
      status.readiness().waived().forEach(waived -> card.add("- **WAIVED** " + plain(waived)));
    }
    alerts(card, status.alerts());
    card.add("- traffic: " + traffic(status.traffic()));
    if (status.exposure() != null) {
      card.add("- " + plain(status.exposure().sentence()));
    }
    if (status.next() != null) {
      card.add(
          "- next: "
              + status.next().milestone()
              + (status.next().label() == null ? "" : " (" + status.next().label() + ")")
              + (status.next().at() == null ? "" : " at " + status.next().at()));
    }
    if (status.clock().heldSince() != null) {
      card.add("- clock stopped since " + status.clock().heldSince());
    }
    team(card, status.team());
    people(card, status.people(), status.asOf());
    decision(card, status);
    rehearsal(card, status.database());
    checks(card, status.checks());
    verdict(card, status);
    status.concerns().forEach(concern -> card.add("- " + plain(concern.toString())));
    status.calibration().forEach(line -> card.add("- judge: " + plain(line)));
    watched(card, status);
    status.messages().stream()
        .filter(tally -> tally.trouble() != null)
        .forEach(tally -> card.add("- messages to " + plain(tally.sentence())));
    status.backlog().muted().stream()
        .filter(Backlog.Muted::isOn)
        .forEach(muted -> card.add("- " + plain(muted.sentence())));
    undos(card, status);
    if (status.wayBack().database() != null) {
      card.add("- database: " + plain(status.wayBack().database()));
    }
    String text = card.toString();
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
  }

  private static void alerts(StringJoiner card, @Nullable AlertsStatus alerts) {
    if (alerts == null) {
      return;
    }
    card.add("- alerts: " + plain(alerts.dated()));
    alerts.lines().forEach(line -> card.add("  - " + plain(line)));
    if (alerts.silences() != null) {
      card.add("- silenced: " + plain(alerts.silences().sentence()));
      alerts.silences().lines().forEach(line -> card.add("  - " + plain(line)));
    }
  }

  private static String traffic(LaunchStatus.Traffic traffic) {
    if (traffic.candidate() == null || traffic.actual() == null) {
      return "not read yet";
    }
    return "candidate %s has %s, planned %s (read %s)"
        .formatted(
            traffic.candidate(),
            traffic.actual().weight(traffic.candidate()),
            traffic.planned(),
            traffic.readAt());
  }

  private static void team(StringJoiner card, @Nullable Team team) {
    if (team == null) {
      return;
    }
    if (team.briefing() != null && !team.briefing().over()) {
      card.add("- briefing: " + plain(team.briefing().sentence()));
    }
    if (team.handOver() != null) {
      card.add("- hand-over: " + plain(team.handOver().sentence()));
    }
    team.open().forEach(action -> card.add("- to do: " + plain(action.toString())));
  }

  private static void people(StringJoiner card, PeopleStatus people, Instant now) {
    if (people.warning() != null) {
      card.add("- **" + plain(people.warning()) + "**");
    }
    people.remarks(now).forEach(line -> card.add("- " + plain(line)));
    if (people.poll() != null) {
      card.add("");
      card.add("Poll at " + people.poll().gate() + (people.poll().open() ? "" : ", over"));
      people.poll().seats().forEach(seat -> card.add("- " + plain(seat.line())));
      card.add("");
    }
  }

  private static void decision(StringJoiner card, LaunchStatus status) {
    LaunchStatus.Awaited awaited = status.awaited();
    if (awaited == null) {
      return;
    }
    String roles = awaited.roles().stream().map(Role::word).collect(Collectors.joining(" or "));
    card.add(
        "- **waiting for " + roles + "** at gate " + awaited.gate() + " until " + awaited.until());
    card.add("");
    String meaning = Declaring.go(awaited.gate(), status.to());
    if (meaning != null) {
      card.add("- " + plain(meaning) + "; extend: ask again later");
      card.add("");
    }
    card.add("Update or signal `decide`:");
    card.add("");
    card.add("```");
    card.add(answer(status.launch(), awaited));
    card.add("```");
  }

  /** What whoever decides about the migration must have seen. */
  private static void rehearsal(StringJoiner card, LaunchStatus.Database database) {
    if (!database.rehearsed().isEmpty()) {
      card.add("");
      card.add("The migration, rehearsed on the restored copy");
      database.rehearsed().forEach(line -> card.add("- " + plain(line)));
    }
  }

  /** The decision to paste. */
  static String answer(LaunchId launch, LaunchStatus.Awaited awaited) {
    return "{\"launch\":\"%s\",\"gate\":\"%s\",\"answer\":\"go\",\"who\":\"...\",\"role\":\"%s\",\"reason\":\"...\"}"
        .formatted(launch, awaited.gate(), awaited.roles().getFirst());
  }

  private static void checks(StringJoiner card, List<ProbeResult> checks) {
    if (!checks.isEmpty()) {
      card.add("");
      card.add("Checks");
      checks.forEach(check ->
          card.add(
              "- "
                  + check.state()
                  + " "
                  + plain(check.check())
                  + ": "
                  + plain(check.value())
                  + " (limit "
                  + plain(check.limit())
                  + ")"));
    }
  }

  private static void verdict(StringJoiner card, LaunchStatus status) {
    if (status.judged() != null) {
      card.add("");
      card.add("Metrics at " + status.judged().at());
      status
          .judged()
          .readings()
          .forEach(reading -> card.add("- " + reading.state() + " " + reading(reading)));
    }
  }

  private static String reading(Reading reading) {
    return "%s %s, limit %s, %d samples"
        .formatted(
            reading.metric(),
            reading.value() == null ? "not measured" : reading.value(),
            reading.limitSentence(),
            reading.samples());
  }

  private static void watched(StringJoiner card, LaunchStatus status) {
    if (!status.watched().isEmpty()) {
      card.add("");
      card.add("Watched at " + status.watched().getFirst().at());
      status.watched().forEach(thing -> card.add("- " + plain(thing.line())));
    }
  }

  private static void undos(StringJoiner card, LaunchStatus status) {
    if (!status.undo().isEmpty()) {
      card.add("");
      card.add("Way back, next first");
      status
          .undo()
          .forEach(undo ->
              card.add(
                  "- "
                      + undo.state()
                      + " "
                      + undo.name()
                      + (undo.result().isEmpty() ? "" : ": " + plain(undo.result()))));
    }
  }

  private static String plain(String text) {
    return Markdown.plain(text);
  }
}

package dev.liftoff.starter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.liftoff.LaunchId;
import dev.liftoff.alerts.Alert;
import dev.liftoff.alerts.Firing;
import dev.liftoff.checklist.ReadinessSummary;
import dev.liftoff.gate.Role;
import dev.liftoff.status.AlertsStatus;
import dev.liftoff.status.AlertsStatus.Silences;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AlertsTextTest {
  private static final Instant TEN = Instant.parse("2026-11-21T10:00:00Z");
  private static final Instant NOW = TEN.plusSeconds(90);
  private static final Paint PLAIN = new Paint(false);
  private static final Paint COLOURS = new Paint(true);
  private static final Alert BROKEN = new Alert(Map.of("alertname", "Broken"), true);

  @Test
  void aLaunchWithoutThemShowsNothing() {
    assertThat(AlertsText.lines(null, PLAIN, NOW)).isEmpty();
    assertThat(ReadinessText.lines(null, PLAIN, NOW)).isEmpty();
  }

  @Test
  void whatFiresAndWhatIsSilencedAreLinesWithTheirAge() {
    AlertsStatus alerts =
        AlertsStatus.of(
            new Firing(List.of(BROKEN), List.of(), null),
            TEN,
            new Silences(List.of("silenced: Restarted"), NOW.plusSeconds(60), null, null));

    assertThat(AlertsText.lines(alerts, PLAIN, NOW))
        .containsExactly(
            "  alerts     1 fires that no launch goes on with, as of 2026-11-21T10:00:00Z (1m30s ago)",
            "             Broken, silenced",
            "  silenced   1 silence until 2026-11-21T10:02:30Z",
            "             silenced: Restarted");
  }

  @Test
  void onlyAlertsThatWereReadAndDoNotFireAreGreen() {
    assertThat(painted(AlertsStatus.of(Firing.unseen("no answer"), TEN, null)))
        .contains(COLOURS.attention("NOT KNOWN: no answer"));
    assertThat(painted(AlertsStatus.notAsked(null)))
        .isEqualTo("  alerts     " + COLOURS.attention("not asked yet"));
    assertThat(painted(AlertsStatus.of(new Firing(List.of(), List.of(), null), TEN, null)))
        .contains(COLOURS.good("none fires"));
  }

  @Test
  void silencesThatEndedByThemselvesAreOver() {
    AlertsStatus alerts =
        AlertsStatus.of(
            new Firing(List.of(), List.of(), null),
            TEN,
            new Silences(List.of("a"), TEN, null, null));

    assertThat(AlertsText.lines(alerts, PLAIN, NOW))
        .contains("  silenced   1 silence until 2026-11-21T10:00:00Z: over");
  }

  @Test
  void aChecklistThatHasNotAnsweredIsNotReady() {
    ReadinessSummary none =
        ReadinessSummary.unanswered(new LaunchId("shop", "test", "v2", "1"), 80);

    assertThat(ReadinessText.lines(none, COLOURS, NOW))
        .containsExactly(
            "  readiness  " + COLOURS.bad("NOT KNOWN yet, NOT READY"),
            "             the checklist has not answered yet");
  }

  @Test
  void whoHasToSignIsToldHoweverManyOtherReasonsThereAre() {
    ReadinessSummary summary =
        new ReadinessSummary(
            new LaunchId("shop", "test", "v2", "1"),
            1,
            79,
            80,
            false,
            List.of("a", "b", "c", "d", "e"),
            List.of("DB-01: two people"),
            3,
            1,
            1,
            0,
            "digest",
            TEN,
            List.of("DB-02"),
            List.of(Role.DATABASE));

    assertThat(ReadinessText.lines(summary, PLAIN, NOW))
        .startsWith(
            "  readiness  7.9 of 10 (3 pass, 1 deviation, 1 open), NOT READY, as of 2026-11-21T10:00:00Z (1m30s ago)")
        .endsWith(
            "             e",
            "             not signed off by [database]",
            "             WAIVED DB-01: two people");
    assertThat(summary.lost("the checklist is gone").blocking())
        .startsWith("the checklist is gone", "a")
        .endsWith("not signed off by [database]");
  }

  private static String painted(AlertsStatus alerts) {
    return AlertsText.lines(alerts, COLOURS, NOW).getFirst();
  }
}

package dev.liftoff.starter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.liftoff.gate.Role;
import dev.liftoff.status.ActionItem;
import dev.liftoff.status.Team;
import dev.liftoff.status.Team.HandOver;
import dev.liftoff.status.Team.HandOverState;
import dev.liftoff.status.Team.Present;
import dev.liftoff.status.Team.RollCall;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class TeamTextTest {
  private static final Instant TEN = Instant.parse("2026-11-21T10:00:00Z");

  @Test
  void whoIsHereWhoIsMissingWhoHasItAndWhatIsOpenAreLines() {
    Team team =
        new Team(
            new RollCall(
                List.of(new Present(Role.COMMANDER, "ann", TEN)),
                List.of(Role.DATABASE),
                List.of(Role.COMMANDER),
                TEN,
                true),
            new HandOver(Role.ON_CALL, HandOverState.OVERDUE, "ann", TEN, null, null),
            List.of(
                new ActionItem(1, "tell support", "eva", null, "ann", true),
                new ActionItem(2, "an index", "bob", LocalDate.of(2026, 12, 1), "ann", false)));

    assertThat(TeamText.lines(team))
        .extracting(line -> line.label() + ": " + line.text())
        .containsExactly(
            "briefing: commander ann is here since 2026-11-21T10:00:00Z",
            "briefing: missing: database",
            "hand-over: ann still has it; on-call should have acknowledged until 2026-11-21T10:00:00Z",
            "to do: 2. bob until 2026-12-01: an index");
  }

  @Test
  void aStatusOfAnOlderWorkerHasNoTeam() {
    assertThat(TeamText.lines(null)).isEmpty();
    assertThat(TeamText.isRollCallOpen(null)).isFalse();
  }
}

package dev.liftoff.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import dev.liftoff.Payloads;
import dev.liftoff.probe.ProbeResult;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CompatibleTest {
  private static final ProbeResult RIGHT = ProbeResult.pass("orders", "status 200", "status 200");
  private static final SqlSeen SQL = new SqlSeen(1, 4, 2, 0, 0, List.of());

  @Test
  void aConstraintThatTheOldVersionBreaksIsAFindingWithCountAndExample() {
    Compatible judged = judged(TrialRole.BASELINE, error("23502", 3));

    assertThat(judged.findings())
        .containsExactly("baseline (shop:v1) received SQLSTATE 23502 3 times: example of 23502");
  }

  @Test
  void theSameErrorOfTheCandidateIsANoteOnly() {
    Compatible judged = judged(TrialRole.CANDIDATE, error("23502", 1));

    assertThat(judged.compatible()).isTrue();
    assertThat(judged.notes())
        .contains("candidate (shop:v1) received SQLSTATE 23502 once: example of 23502");
  }

  @Test
  void anErrorThatIsNotOfTheSchemaIsANoteOfTheOldVersionToo() {
    Compatible judged = judged(TrialRole.BASELINE_AGAIN, error("40001", 1));

    assertThat(judged.compatible()).isTrue();
    assertThat(judged.notes()).anyMatch(each -> each.contains("40001"));
  }

  @Test
  void anErrorThatThePlanExpectsIsANote() {
    TrialRun run = run(TrialRole.BASELINE, error("23505", 1));
    CompatibilitySpec expecting =
        new CompatibilitySpec("10.0.0.9", Map.of(), List.of(), List.of(), List.of("23505"));

    assertThat(Compatible.judged(List.of(run), expecting).compatible()).isTrue();
  }

  @Test
  void aStateBeyondTheFirstFewHundredStillStopsByItsClass() {
    assertThat(judged(TrialRole.BASELINE, error("42***", 1)).compatible()).isFalse();
  }

  @Test
  void aSessionOnTheLiveServerIsAFinding() {
    TrialRun astray =
        new TrialRun(TrialRole.CANDIDATE, "shop:v2", null, List.of(RIGHT), SQL.withLiveSessions(2));

    assertThat(Compatible.judged(List.of(astray), spec()).findings())
        .singleElement()
        .asString()
        .contains("2 sessions on the live server past the copy");
  }

  @Test
  void aConnectionThatCouldNotBeReadIsAFinding() {
    TrialRun blind =
        new TrialRun(
            TrialRole.BASELINE,
            "shop:v1",
            null,
            List.of(RIGHT),
            new SqlSeen(2, 4, 0, 0, 1, List.of()));

    assertThat(Compatible.judged(List.of(blind), spec()).compatible()).isFalse();
  }

  @Test
  void aCandidateThatWroteNothingIsNoted() {
    TrialRun reading =
        new TrialRun(
            TrialRole.CANDIDATE,
            "shop:v2",
            null,
            List.of(RIGHT),
            new SqlSeen(1, 3, 0, 0, 0, List.of()));

    assertThat(Compatible.judged(List.of(reading), spec()).notes())
        .anyMatch(each -> each.contains("wrote no rows"));
  }

  @Test
  void anAnswerSurvivesItsWayThroughAHistory() {
    Compatible judged = judged(TrialRole.BASELINE_AGAIN, error("42703", 2));
    var converter = Payloads.converter();

    var payload = converter.toPayload(judged).orElseThrow();

    assertThat(converter.fromPayload(payload, Compatible.class, Compatible.class))
        .isEqualTo(judged);
    assertThat(payload.getData().toStringUtf8()).contains("\"baseline-again\"");
  }

  private static Compatible judged(TrialRole role, SqlError error) {
    return Compatible.judged(List.of(run(role, error)), spec());
  }

  private static TrialRun run(TrialRole role, SqlError error) {
    SqlSeen sql = new SqlSeen(1, 4, 2, 0, 0, List.of(error));
    return new TrialRun(role, "shop:v1", null, List.of(RIGHT), sql);
  }

  private static SqlError error(String state, long count) {
    return new SqlError(state, count, "example of " + state);
  }

  private static CompatibilitySpec spec() {
    return new CompatibilitySpec("10.0.0.9", Map.of(), List.of(), List.of(), List.of());
  }
}

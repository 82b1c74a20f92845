package dev.liftoff.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.liftoff.Plans;
import dev.liftoff.gate.Role;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TeamReaderTest {
  @Test
  void aPlanWithoutThemAsksNobody() throws InvalidPlan {
    LaunchPlan plan = PlanReader.read(Plans.small());

    assertThat(plan.briefing()).isNull();
    assertThat(plan.handOver()).isNull();
  }

  @Test
  void emptySectionsHaveTheirDefaults() throws InvalidPlan {
    LaunchPlan plan = PlanReader.read(with("{}", "{}"));

    assertThat(plan.briefing().roles())
        .containsExactly(
            Role.COMMANDER,
            Role.DEPLOYMENT,
            Role.DATABASE,
            Role.MONITORING,
            Role.COMMUNICATION,
            Role.ON_CALL);
    assertThat(plan.briefing().required()).containsExactly(Role.COMMANDER);
    assertThat(plan.briefing().within()).isEqualTo(Duration.ofMinutes(30));
    assertThat(plan.handOver()).isEqualTo(new HandOverSpec(Role.ON_CALL, Duration.ofMinutes(15)));
  }

  @Test
  void theCommanderIsAlwaysAskedForAndAlwaysRequired() throws InvalidPlan {
    BriefingSpec briefing =
        PlanReader.read(with("{\"roles\": [\"cto\", \"cto\"], \"required\": [\"cto\"]}", "{}"))
            .briefing();

    assertThat(briefing.roles()).containsExactly(Role.COMMANDER, Role.CTO);
    assertThat(briefing.required()).containsExactlyInAnyOrder(Role.COMMANDER, Role.CTO);
  }

  @Test
  void everythingWrongIsNamedWithItsPath() {
    ObjectNode plan =
        with(
            "{\"roles\": [\"pilot\"], \"required\": [\"cto\"], \"within\": \"-5m\", \"minutes\": 3}",
            "{\"to\": \"nobody\", \"within\": \"40d\"}");

    List<String> problems =
        catchThrowableOfType(InvalidPlan.class, () -> PlanReader.read(plan)).problems().stream()
            .map(Problem::toString)
            .toList();

    assertThat(problems)
        .containsExactly(
            "briefing.roles[0]: must be one of commander, deployment, database, monitoring, communication, on-call, cto, was 'pilot'",
            "briefing.required[0]: must be one of briefing.roles, [], was 'cto'",
            "briefing.within: must be between 1s and 1d, was -5m",
            "briefing.minutes: is not known here; known are roles, required, within",
            "handOver.to: must be one of commander, deployment, database, monitoring, communication, on-call, cto, was 'nobody'",
            "handOver.within: must be between 1s and 1d, was 40d");
  }

  @Test
  void aRollCallThatWouldMoveAnHourIsRefused() throws InvalidPlan {
    ObjectNode plan = with("{\"within\": \"2h\"}", "{}");
    assertThat(PlanReader.read(plan).briefing().within()).isEqualTo(Duration.ofHours(2));

    plan.put("launchAt", "2030-01-15T20:00:00Z");

    assertThat(catchThrowableOfType(InvalidPlan.class, () -> PlanReader.read(plan)).problems())
        .extracting(Problem::toString)
        .containsExactly(
            "briefing.within: must not be longer than 1h, from the briefing to preflight, was 2h");
  }

  private static ObjectNode with(String briefing, String handOver) {
    ObjectNode plan = Plans.small();
    plan.set("briefing", Plans.json(briefing));
    plan.set("handOver", Plans.json(handOver));
    return plan;
  }
}

package dev.liftoff.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.liftoff.Milestone;
import dev.liftoff.Plans;
import dev.liftoff.probe.Check;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a plan says what is checked, and when. */
class ChecksReaderTest {

  @Test
  void anEndToEndTestIsAProgramInAContainer() throws InvalidPlan {
    LaunchPlan plan =
        read(
            """
            {"step": [{"type": "container", "name": "checkout", "image": "shop-e2e:7",
                       "run": ["/e2e", "--quick"], "limit": "2m",
                       "environment": {"BASE_URL": "{candidate}", "E2E_PASSWORD": "env:E2E_PASSWORD"}}],
             "validation-15m": [{"type": "container", "name": "long", "run": ["/e2e"]}]}
            """);

    assertThat(plan.stepChecks())
        .containsExactly(
            new Check.Container(
                "checkout",
                "shop-e2e:7",
                List.of("/e2e", "--quick"),
                Map.of("BASE_URL", "{candidate}", "E2E_PASSWORD", "env:E2E_PASSWORD"),
                Duration.ofMinutes(2),
                null));
    assertThat(plan.checksAt(Milestone.VALIDATION_15M))
        .containsExactly(
            new Check.Container(
                "long", null, List.of("/e2e"), Map.of(), Duration.ofMinutes(5), null));
    assertThat(plan.containerChecks()).extracting(Check::name).containsExactly("checkout", "long");
  }

  @Test
  void withoutAnyNothingIsCheckedBetweenTheSteps() throws InvalidPlan {
    assertThat(read("{}").stepChecks()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'step': [{'type': 'container', 'name': 'a'}]} | checks.step[0].run: is missing: the program and its arguments, such as [/e2e, --quick]",
        "{'step': [{'type': 'container', 'name': 'a', 'run': '/e2e'}]} | checks.step[0].run: must be a list, was a text",
        "{'step': [{'type': 'container', 'name': 'a', 'run': ['/e2e'], 'limit': '2h'}]} | checks.step[0].limit: must be between 1s and 1h, was 2h",
        "{'step': [{'type': 'container', 'name': 'a', 'run': ['/e2e'], 'image': 'a b'}]} | checks.step[0].image: must name an image such as registry/shop:v2, was 'a b'",
        "{'step': [{'type': 'container', 'name': 'a', 'run': ['/e2e', 'http://ann:hunter2@x/']}]} | checks.step[0].run[1]: must not hold a password: everybody on the host can read a command (the value is not shown here)",
        "{'step': [{'type': 'container', 'name': 'a', 'run': ['/e2e'], 'environment': {'TOKEN': 'hunter2'}}]} | checks.step[0].environment.TOKEN: looks like a secret and must be a reference, env:NAME or file:/absolute/path (the value is not shown here)",
        "{'preflight': [{'type': 'container', 'name': 'a', 'run': ['/e2e']}]} | checks.preflight[0].type: must not be container: images are pinned after preflight; container checks run from health on",
        "{'step': [{'type': 'container', 'name': 'a', 'run': ['/e2e']}, {'type': 'container', 'name': 'a', 'run': ['/e2e']}]} | checks.step[1].name: must differ from the other containers here, was 'a'",
        "{'step': [{'type': 'docker', 'name': 'a'}]} | checks.step[0].type: must be http, tls, redis, postgres, disk or container, was 'docker'",
        "{'steps': []} | checks.steps: must be one of readiness, briefing, preflight, notice, prepare, backup, migrate, start-green, health, go-live, validation-15m, validation-30m, hand-over, checkpoint-2h, checkpoint-4h, review-24h, review-48h, retrospective, was 'steps'",
      },
      quoteCharacter = '~')
  void whatIsWrongIsSaidWithItsPathAndTheFix(String checks, String problem) {
    String json = checks.replace('\'', '"');

    assertThat(
            catchThrowableOfType(InvalidPlan.class, () -> read(json)).problems().stream()
                .map(Problem::toString))
        .contains(problem)
        .noneMatch(line -> line.contains("hunter2"));
  }

  private static LaunchPlan read(String checks) throws InvalidPlan {
    ObjectNode document = Plans.small();
    document.set("checks", Plans.json(checks));
    return PlanReader.read(document);
  }
}

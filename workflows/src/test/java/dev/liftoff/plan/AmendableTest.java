package dev.liftoff.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.liftoff.Milestone;
import dev.liftoff.Plans;
import dev.liftoff.plan.Amendable.Progress;
import dev.liftoff.traffic.Weight;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of a plan can be changed late, and how a difference is told. */
class AmendableTest {

  @Test
  void aPlanThatIsReadTwiceIsTheSamePlan() throws InvalidPlan {
    assertThat(PlanReader.read(Plans.small())).isEqualTo(PlanReader.read(Plans.small()));
    assertThat(asked(Progress.NONE, plan -> {}).changes()).isEmpty();
    assertThat(asked(Progress.NONE, plan -> {}).refused()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "/limits, hold, 3h, limits.hold: 4h -> 3h",
    "/limits, helpEvery, 3h, limits.helpEvery: 15m -> 3h",
    "/limits, answerWithin, 3h, limits.answerWithin: 5m -> 3h",
    "/limits, guardWindow, 3m, limits.guardWindow: 1h -> 3m",
    "/limits, extension, 3h, limits.extension: 7d -> 3h",
    "/limits, step, 3m, limits.step: 5m -> 3m",
    "/notifications, notAfter, 3h, notifications.notAfter: 1h -> 3h",
    "/traffic/steps/0, soak, 3h, traffic.steps[0].soak: 10m -> 3h",
    "/traffic/steps/0, maximumSoak, 3h, traffic.steps[0].maximumSoak: nothing -> 3h",
    "/gates/go-live, expires, 3h, gates.go-live.expires: 1h -> 3h"
  })
  void aChangeIsToldWithItsPathAndBothValues(String at, String key, String value, String told)
      throws InvalidPlan {
    Amendable.Asked asked =
        asked(Progress.NONE, plan -> ((ObjectNode) plan.at(at)).put(key, value));

    assertThat(asked.changes()).extracting(PlanChange::toString).contains(told);
    assertThat(asked.refused()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'', version, v3, version: v2 -> v3",
    "'', commander, bob, commander: ann -> bob",
    "'', launchAt, 2026-11-22T20:00:00Z, launchAt: nothing -> 2026-11-22T20:00:00Z",
    "/image, reference, shop:v3, image.reference: shop:v2 -> shop:v3",
    "/container, port, 8081, container.port: 8080 -> 8081",
    "/container/environment, COLOUR, blue, container.environment.COLOUR: nothing -> blue",
    "/database, migrations, /srv/other, database.migrations: /srv/migrations -> /srv/other",
    "/warmUp, requests, 11, warmUp.requests: 10 -> 11",
    "/traffic, drainLimit, 40s, traffic.drainLimit: nothing -> 40s",
    "/metrics/queries, p95, other, metrics.queries.p95: p95 -> other",
    "/checks/preflight/0, path, /var, checks.preflight[0].path: / -> /var",
    "/offsets, hand-over, 70m, offsets.hand-over: nothing -> 70m"
  })
  void allElseIsRefusedByItsPath(String at, String key, String value, String told)
      throws InvalidPlan {
    Amendable.Asked asked =
        asked(
            Progress.NONE,
            plan -> {
              ObjectNode section = at.isEmpty() ? plan : plan.withObject(at);
              if (value.matches("\\d+")) {
                section.put(key, Integer.parseInt(value));
              } else {
                section.put(key, value);
              }
            });

    assertThat(asked.refused()).singleElement().asString().startsWith(told + ": is fixed when");
  }

  @Test
  void whatIsOnlyWrittenOtherwiseIsNoDifference() throws InvalidPlan {
    Amendable.Asked asked =
        asked(
            Progress.NONE,
            plan -> {
              plan.withObject("/traffic").put("drainLimit", "30s");
              plan.withObject("/limits").put("hold", "240m");
            });

    assertThat(asked.changes()).isEmpty();
    assertThat(asked.refused()).isEmpty();
  }

  @Test
  void whatIsOnlyWrittenOtherwiseIsNotNamedBesideADifference() throws InvalidPlan {
    Amendable.Asked asked =
        asked(
            Progress.NONE,
            plan -> {
              plan.withObject("/traffic").put("drainLimit", "30s");
              plan.put("commander", "bob");
            });

    assertThat(asked.refused()).singleElement().asString().startsWith("commander: ");
  }

  @Test
  void aGateThatIsReachedIsNotAmendedAndALaterOneIs() throws InvalidPlan {
    Progress atGoLive = new Progress(Milestone.GO_LIVE, 0, null);

    assertThat(asked(atGoLive, plan -> gate(plan, Milestone.MIGRATE)).refused())
        .allMatch(line -> line.startsWith("gates.migrate."));
    assertThat(asked(atGoLive, plan -> plan.withObject("/gates").remove("go-live")).refused())
        .anyMatch(line ->
            line.startsWith("gates.go-live.expires: 1h -> nothing: the launch is at go-live"));
    assertThat(asked(atGoLive, plan -> gate(plan, Milestone.REVIEW_24H)).refused()).isEmpty();
  }

  @Test
  void aStepThatHasBegunCannotBeTakenAway() throws InvalidPlan {
    assertThat(
            asked(
                    new Progress(Milestone.GO_LIVE, 1, null),
                    plan -> plan.withArray("/traffic/steps").remove(0))
                .refused())
        .anyMatch(line -> line.contains("this step has begun"));
  }

  @Test
  void aWeightThatTheProxyWasNotAskedForIsRefused() throws InvalidPlan {
    Progress asked = new Progress(Milestone.NOTICE, 0, List.of(new Weight(25), Weight.ALL));

    assertThat(
            asked(
                    asked,
                    plan ->
                        ((ObjectNode) plan.withArray("/traffic/steps").get(0)).put("weight", 30))
                .refused())
        .singleElement()
        .asString()
        .contains("30 % was not among the weights", "[25 %, 100 %]");
    assertThat(asked(asked, plan -> plan.withArray("/traffic/steps").remove(0)).refused())
        .isEmpty();
  }

  @Test
  void whatTheChecklistAsksAboutStaysAsItIs() throws InvalidPlan {
    ObjectNode now = plan();
    now.withObject("/checklist").putArray("items");
    ObjectNode typed = now.deepCopy();
    typed.withArray("/traffic/steps").remove(0);

    assertThat(compare(now, typed, Progress.NONE).refused())
        .singleElement()
        .asString()
        .contains("the checklist asks about 'ramp', which the plan has");
  }

  private static void gate(ObjectNode plan, Milestone gate) {
    Plans.gate(plan, gate, "{\"expires\": \"9h\"}");
  }

  private static ObjectNode plan() {
    ObjectNode plan = Plans.small();
    plan.putObject("limits");
    plan.putObject("notifications");
    Plans.gate(plan, Milestone.GO_LIVE, "{}");
    return plan;
  }

  private static Amendable.Asked asked(Progress progress, Consumer<ObjectNode> change)
      throws InvalidPlan {
    ObjectNode now = plan();
    ObjectNode typed = now.deepCopy();
    change.accept(typed);
    return compare(now, typed, progress);
  }

  private static Amendable.Asked compare(ObjectNode now, ObjectNode typed, Progress progress)
      throws InvalidPlan {
    return Amendable.of(PlanReader.read(now), new PlanDocument(now), typed, progress);
  }
}

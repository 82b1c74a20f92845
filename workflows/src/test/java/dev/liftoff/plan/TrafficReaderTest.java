package dev.liftoff.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.liftoff.Milestone;
import dev.liftoff.Plans;
import dev.liftoff.traffic.Ramp;
import dev.liftoff.traffic.Weight;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a plan says that its traffic moves. */
class TrafficReaderTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "runbook | 1 % for 1h, 25 % for 2h, 100 % for 15m",
        "quarters | 10 % for 15m, 25 % for 15m, 50 % for 15m, 100 % for 15m",
        "at-once | 100 % for 10m"
      })
  void aRampHasAName(String name, String steps) throws InvalidPlan {
    Ramp ramp = read("{\"ramp\": \"" + name + "\"}").traffic();

    assertThat(
            ramp.steps().stream()
                .map(step -> step.weight() + " for " + Durations.text(step.soak())))
        .containsExactly(steps.split(", "));
  }

  @Test
  void aStepSaysWhatItNeeds() throws InvalidPlan {
    Ramp ramp =
        read("""
        {"requests": "requests_total{slot=\\"{slot}\\"}",
         "steps": [{"weight": 5, "soak": "1h", "minimumSamples": 500, "maximumSoak": "3h"},
                   {"weight": 100, "soak": "10m"}]}
        """)
            .traffic();

    assertThat(ramp.steps())
        .containsExactly(
            new Ramp.Step(new Weight(5), Duration.ofHours(1), 500, Duration.ofHours(3)),
            new Ramp.Step(Weight.ALL, Duration.ofMinutes(10)));
  }

  @Test
  void aControlIsServedBesideTheSteps() throws InvalidPlan {
    Ramp ramp = read("{\"ramp\": \"quarters\", \"control\": {}}").traffic();

    assertThat(ramp.control()).isEqualTo(new Ramp.Control(new Weight(5), Milestone.VALIDATION_30M));
    assertThat(ramp.weights()).extracting(Weight::percent).containsExactly(10, 25, 50, 95, 100);
  }

  @Test
  void requestsAreCountedByTheJudgesCounterWhereThereIsOne() throws InvalidPlan {
    ObjectNode document = Plans.small();
    document.withObject("/metrics").putObject("judge").put("instrumentation", "haproxy");

    assertThat(PlanReader.read(document).requestCounter())
        .isEqualTo("haproxy_backend_http_responses_total{proxy=\"{slot}\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'ramp': 'slow'} | traffic.ramp: must be one of runbook, quarters, at-once, was 'slow'",
        "{'ramp': 'runbook', 'steps': [{'weight': 100}]} | traffic.ramp: names steps of its own; leave it out, or the steps",
        "{'steps': [{'weight': 50}, {'weight': 50}, {'weight': 100}]} | traffic.steps[1].weight: must be greater than the one before, 50 %, was 50 %",
        "{'steps': [{'weight': 60}, {'weight': 50}, {'weight': 100}]} | traffic.steps[1].weight: must be greater than the one before, 60 %, was 50 %",
        "{'steps': [{'weight': 0}, {'weight': 100}]} | traffic.steps[0].weight: must be a whole number between 1 and 100, was 0",
        "{'steps': [{'weight': 101}, {'weight': 100}]} | traffic.steps[0].weight: must be a whole number between 1 and 100, was 101",
        "{'steps': [{'weight': 25}, {'weight': 101}]} | traffic.steps[1].weight: must be a whole number between 1 and 100, was 101",
        "{'steps': [{'weight': 'all'}]} | traffic.steps[0].weight: must be a whole number between 1 and 100, was 'all'",
        "{'steps': [{'weight': 12.5}, {'weight': 100}]} | traffic.steps[0].weight: must be a whole number between 1 and 100, was 12.5",
        "{'steps': [{'weight': 25}, {'weight': 50}]} | traffic.steps[1].weight: must be 100 in the last step, was 50",
        "{'steps': [{'weight': 100, 'soak': '10m', 'maximumSoak': '5m'}]} | traffic.steps[0].maximumSoak: must be between 10m and 7d, was 5m",
        "{'steps': [{'weight': 100, 'minimumSamples': -1}]} | traffic.steps[0].minimumSamples: must be a whole number between 0 and 1000000000, was -1",
        "{'steps': [{'weight': 100, 'minimumSamples': 10}]} | traffic.requests: is missing: minimumSamples are counted; name a counter such as http_requests_total{slot=\"{slot}\"}, or a metrics.judge that has one",
        "{'control': {'weight': 0}} | traffic.control.weight: must be a whole number between 1 and 50, was 0",
        "{'control': {'weight': 51}} | traffic.control.weight: must be a whole number between 1 and 50, was 51",
        "{'control': {'untill': 'health'}} | traffic.control.untill: is not known here; did you mean 'until'?",
        "{'control': {'until': 'health'}} | traffic.control.until: must be a milestone from validation-15m to review-48h, was health",
        "{'control': {'weight': 10}, 'steps': [{'weight': 90}, {'weight': 100}]} | traffic.control.weight: must leave the last step more than the one before, 90 %, was 10 %",
        "{'control': 5} | traffic.control: must be an object, was a number",
        "{'requests': 'sum(rate(x[1m]))'} | traffic.requests: must be a counter with its labels such as http_requests_total{slot=\"{slot}\"}, without function or range, was 'sum(rate(x[1m]))'",
        "{'requests': 'x{app=\"shop\"}'} | traffic.requests: must have exactly one label that is = a text with {slot}, was 'x{app=\"shop\"}'",
      },
      quoteCharacter = '~')
  void whatIsWrongIsOneProblemWithItsPathAndTheFix(String traffic, String problem) {
    assertThat(problems(traffic)).containsExactly(problem);
  }

  private static LaunchPlan read(String traffic) throws InvalidPlan {
    ObjectNode document = Plans.small();
    document.set("traffic", Plans.json(traffic));
    return PlanReader.read(document);
  }

  private static List<String> problems(String traffic) {
    String json = traffic.replace("\"", "\\\"").replace('\'', '"');
    return catchThrowableOfType(InvalidPlan.class, () -> read(json)).problems().stream()
        .map(Problem::toString)
        .toList();
  }
}

package dev.liftoff.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.liftoff.Plans;
import dev.liftoff.checklist.ChecklistSpec;
import dev.liftoff.checklist.ListName;
import dev.liftoff.gate.Role;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ChecklistReaderTest {

  @Test
  void aPlanWithoutTheSectionAsksNothing() throws InvalidPlan {
    assertThat(PlanReader.read(Plans.small()).checklist()).isNull();
  }

  @Test
  void anEmptySectionIsTheDefaultList() throws InvalidPlan {
    ObjectNode plan = Plans.small();
    plan.putObject("checklist");

    assertThat(PlanReader.read(plan).checklist())
        .isEqualTo(
            new ChecklistSpec(
                ListName.DEFAULT,
                List.of(),
                80,
                List.of(Role.DEPLOYMENT, Role.DATABASE, Role.MONITORING, Role.COMMANDER),
                Duration.ofHours(24),
                Duration.ofHours(24)));
  }

  @Test
  void everyProblemComesAtOnceWithItsPathAndTheFix() {
    assertThat(
            problems(checklist -> {
              checklist.put("use", "long").put("bar", 8.05).put("limit", "40d").put("bars", 8);
              checklist.set("signOffs", Plans.list("database", "pilot", "database"));
              ArrayNode items = checklist.putArray("items");
              items.add(item("A", 1)).add(item("A", 4)).add(item("B", 1).put("owner", "nobody"));
              items.add(item("C", 1).without("owner"));
              items.add(item("D", 1).put("kind", "automatic"));
            }))
        .containsExactlyInAnyOrder(
            "checklist.use: must be one of none, small, default, was 'long'",
            "checklist.bar: must be in tenths, such as 8.0, was 8.05",
            "checklist.limit: must be between 1m and 30d, was 40d",
            "checklist.bars: is not known here; did you mean 'bar'?",
            "checklist.signOffs[1]: must be one of commander, deployment, database, monitoring, communication, on-call, cto, was 'pilot'",
            "checklist.signOffs: must name database once",
            "checklist.items[1].weight: must be 0, 1, 2, 3 or 5, was 4",
            "checklist.items[1].id: must be there once, was 'A' as in items[0]",
            "checklist.items[2].owner: is no role: 'nobody'; known are commander, deployment, database, monitoring, communication, on-call, cto",
            "checklist.items[3].owner: is missing",
            "checklist.items[4].examination: is missing: an item that is automatic needs a subject to look at; or make it human");
  }

  @Test
  void aListThatCouldNeverBeReadyIsRefused() {
    assertThat(problems(checklist -> checklist.put("use", "none")))
        .containsExactly(
            "checklist.items: is empty and use is none: a list without items is never ready");
    assertThat(
            problems(checklist ->
                checklist.put("use", "none").putArray("items").add(item("A", 0)).add(item("B", 0))))
        .containsExactly(
            "checklist.items: have weight 0 everywhere and use is none: nothing counts, which is never ready");
  }

  @Test
  void aListThatTemporalCouldNotCarryIsRefused() {
    assertThat(
            problems(checklist -> {
              ArrayNode items = checklist.putArray("items");
              for (int i = 0; i < 301; i++) {
                items.add(item("I-" + i, 1));
              }
            }))
        .containsExactly("checklist.items: must be 300 at most, were 301");
    assertThat(
            problems(checklist -> {
              ArrayNode items = checklist.putArray("items");
              for (int i = 0; i < 200; i++) {
                items.add(item("I-" + i, 1).put("how", "x".repeat(1_900)));
              }
            }))
        .singleElement()
        .asString()
        .startsWith("checklist.items: must have 300000 characters at most in all, had 38");
  }

  private static ObjectNode item(String id, int weight) {
    return Plans.json("{\"area\": \"a\", \"question\": \"Is it so?\", \"owner\": \"commander\"}")
        .put("id", id)
        .put("weight", weight);
  }

  private static List<String> problems(Consumer<ObjectNode> change) {
    ObjectNode plan = Plans.small();
    change.accept(plan.putObject("checklist"));
    try {
      PlanReader.read(plan);
      return List.of();
    } catch (InvalidPlan wrong) {
      return wrong.problems().stream().map(Problem::toString).toList();
    }
  }
}

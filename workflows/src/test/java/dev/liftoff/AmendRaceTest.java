package dev.liftoff;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.liftoff.gate.Command;
import dev.liftoff.gate.Decision;
import dev.liftoff.plan.PlanDocument;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Votes and amendments in any order: no vote that was cast before an amendment opens a gate. */
class AmendRaceTest {
  private static final List<String> ROLES = List.of("database", "deployment", "commander");
  private static final String PASSED = "DECISION liftoff: poll at migrate: go, by all";

  @RegisterExtension final LaunchPad pad = new LaunchPad();

  private final Set<String> counted = new HashSet<>();
  private final List<String> order = new ArrayList<>();
  private ObjectNode plan;
  private boolean complete;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void noVoteOfBeforeAnAmendmentOpensTheGateAfterIt(long seed) {
    Random random = new Random(seed);
    PlanDocument begun = Plans.brief(AmendRaceTest::poll);
    plan = (ObjectNode) begun.json().deepCopy();
    pad.start(begun);
    pad.awaitGate(Milestone.MIGRATE);
    String launch = pad.status().launch().toString();

    for (int i = 0; i < 8 && !complete; i++) {
      if (random.nextInt(4) == 0) {
        amend(launch, "2h" + i + "m");
      } else {
        vote(launch, ROLES.get(random.nextInt(ROLES.size())));
      }
    }

    assertThat(pad.timeline().contains(PASSED)).as("order %s", order).isEqualTo(complete);
    amend(launch, "3h");
    assertThat(pad.status().plan().amendments())
        .hasSize((int) order.stream().filter("amend"::equals).count());
  }

  private void vote(String launch, String role) {
    order.add(role);
    pad.running()
        .signal("decide", new Decision(launch, "migrate", "go", "who-" + role, role, "seen"));
    if (!role.equals("commander") || counted.size() == ROLES.size() - 1) {
      counted.add(role);
    }
    complete = counted.size() == ROLES.size();
  }

  private void amend(String launch, String hold) {
    order.add("amend");
    String seen = new PlanDocument(plan).digest();
    plan = plan.deepCopy();
    plan.withObject("/limits").put("hold", hold);
    pad.running()
        .signal(
            "amend",
            new Command(launch, "ann", "commander", "better so", null).amending(seen, plan));
    counted.clear();
  }

  private static void poll(ObjectNode plan) {
    Plans.gate(
        plan, Milestone.MIGRATE, "{\"poll\": [\"database\", \"deployment\", \"commander\"]}");
  }
}

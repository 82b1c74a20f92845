package dev.liftoff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.liftoff.board.TwoPersons;
import dev.liftoff.gate.Command;
import dev.liftoff.status.LaunchStatus.State;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Verbs that take a safeguard away can be made to need two people. */
class TwoPersonsTest {
  @RegisterExtension final LaunchPad pad = new LaunchPad();

  @Test
  @Recorded
  void aSoakIsSkippedWhenASecondPersonSaysSoToo() {
    soak();

    String asked = promote("ann", "commander");
    assertThat(asked)
        .startsWith(
            "promote asked by ann (commander): needs a second person (commander or cto) until ");
    assertThat(pad.status().people().remarks(pad.clock())).containsExactly(asked);
    assertThat(pad.status().state()).isEqualTo(State.SOAKING);

    assertThat(promote("omar", "cto")).isEqualTo("the rest of the wait is skipped");
    assertThat(pad.status().people().remarks(pad.clock())).isEmpty();
    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);
  }

  @Test
  void whoAskedAndAsksAgainIsNoSecondPerson() {
    soak();
    String asked = promote("ann", "commander");

    assertThat(promote("Ann ", "commander")).isEqualTo(asked);
    assertThat(promote("ann", "cto")).isEqualTo(asked);
    assertThat(pad.status().state()).isEqualTo(State.SOAKING);
  }

  @Test
  void oneOfTheTwoIsSomebodyWhomTheVerbIsFor() {
    soak();
    String asked = promote("omar", "cto");
    assertThat(asked).contains("needs a second person (commander) until ");

    assertThat(promote("olga", "cto")).isEqualTo(asked);
    assertThat(promote("ann", "commander")).isEqualTo("the rest of the wait is skipped");
  }

  @Test
  void whatWasAskedForTenMinutesAgoIsVoid() {
    pad.identity.twoPersons("promote");
    pad.start(
        Plans.brief(plan ->
            plan.set("traffic", Plans.json("{\"steps\": [{\"weight\": 100, \"soak\": \"2h\"}]}"))));
    pad.await(State.SOAKING);
    promote("ann", "commander");

    pad.sleep(TwoPersons.LIMIT.plus(Duration.ofSeconds(7)));

    pad.tell("note");
    assertThat(pad.status().people().asked()).isEmpty();
    assertThat(promote("omar", "cto")).contains("promote asked by omar (cto)");
  }

  @Test
  void aHoldAndARollbackNeedOnePerson() {
    soak();

    pad.tell("hold");
    assertThat(pad.status().state()).isEqualTo(State.HELD);
    pad.tell("rollback");

    assertThat(pad.outcome()).isInstanceOf(Outcome.RolledBack.class);
  }

  private void soak() {
    pad.identity.twoPersons("promote", "skip");
    pad.start(Plans.brief(plan -> {}));
    pad.await(State.SOAKING);
  }

  private String promote(String who, String role) {
    return pad.update("promote", new Command(null, who, role, "long enough", null)).message();
  }
}

package dev.liftoff;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.liftoff.gate.Command;
import dev.liftoff.gate.Role;
import dev.liftoff.plan.PlanDocument;
import dev.liftoff.status.LaunchStatus.State;
import dev.liftoff.status.Team.Present;
import dev.liftoff.status.Team.RollCall;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who is here two hours before T+0, and what follows for who is not. */
class BriefingTest {
  private static final List<Role> ALL =
      List.of(
          Role.COMMANDER,
          Role.DEPLOYMENT,
          Role.DATABASE,
          Role.MONITORING,
          Role.COMMUNICATION,
          Role.ON_CALL);

  @RegisterExtension final LaunchPad pad = new LaunchPad();
  private final Instant launchAt = pad.clock().plus(Duration.ofHours(30));

  @Test
  @Recorded
  void aBriefingWithoutItsCommanderHoldsAndGoesOnWhenTheCommanderComes() {
    pad.start(briefed("{}"));
    pad.awaitNext(Milestone.BRIEFING);
    say("dora", "database");
    pad.await("the roll-call", status -> status.team().briefing().until() != null);
    pad.sleep(Duration.ofMinutes(7));
    ALL.stream()
        .filter(role -> role != Role.COMMANDER && role != Role.DATABASE)
        .forEach(role -> say(role + "-person", role.word()));

    pad.await(State.HELD);

    assertThat(pad.status().because())
        .isEqualTo("missing at the briefing: commander; present goes on");
    assertThat(pad.told())
        .containsSubsequence(
            "BRIEFING: who is here?",
            "BRIEFING: missing commander",
            "HELD: missing at the briefing: commander");
    assertThat(pad.refusal("resume", LaunchPad.command("on")))
        .isEqualTo("it waits at the briefing for [commander], who says present");
    pad.sleep(Duration.ofMinutes(11));
    say("ann", "commander");
    pad.awaitNext(Milestone.PREFLIGHT);
    RollCall briefing = pad.status().team().briefing();
    assertThat(briefing.missing()).isEmpty();
    assertThat(briefing.over()).isTrue();
    assertThat(briefing.present())
        .extracting(Present::toString)
        .startsWith("database dora")
        .endsWith("commander ann");
    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);
  }

  @Test
  void aCommanderWhoNeverComesScrubsTheLaunchInTheEnd() {
    pad.start(briefed("{\"roles\": [\"commander\"]}"));

    assertThat(pad.outcome())
        .isEqualTo(
            new Outcome.Scrubbed(
                Milestone.BRIEFING,
                "missing at the briefing: commander for longer than 4h",
                List.of()));
  }

  @Test
  void otherMissingRolesAreAWarningInTimelineStatusAndMessage() {
    pad.start(briefed("{}"));
    pad.await("the roll-call", status -> status.team().briefing().until() != null);
    say("ann", "commander");
    pad.awaitNext(Milestone.PREFLIGHT);

    assertThat(pad.status().team().briefing().missing()).hasSize(5).doesNotContain(Role.COMMANDER);
    assertThat(pad.told())
        .contains("BRIEFING ends without deployment, database, monitoring, communication, on-call");
    assertThat(pad.timeline())
        .contains(
            "TROUBLE liftoff: briefing: here: commander ann; missing: deployment, database, monitoring, communication, on-call");
    assertThat(pad.refusal("present", person("dora", "database")))
        .isEqualTo("the briefing is over; write a note instead");
    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);
  }

  @Test
  void aRoleThatThePlanRequiresHoldsToo() {
    pad.start(briefed("{\"required\": [\"database\"]}"));
    pad.await("the roll-call", status -> status.team().briefing().until() != null);
    say("ann", "commander");

    pad.await(State.HELD);

    assertThat(pad.status().because())
        .isEqualTo("missing at the briefing: database; present goes on");
    say("dora", "database");
    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);
  }

  @Test
  void whenEverybodyIsHereAlreadyNobodyIsAsked() {
    pad.start(briefed("{\"roles\": [\"commander\", \"database\"]}"));
    pad.awaitNext(Milestone.BRIEFING);
    say("ann", "commander");
    pad.running().signal("present", person("dora", "database"));
    pad.awaitNext(Milestone.PREFLIGHT);

    assertThat(pad.told()).isEmpty();
    assertThat(Duration.between(pad.clock(), launchAt)).isGreaterThan(Duration.ofMinutes(118));
    assertThat(pad.timeline())
        .contains(
            "COMMAND ann: present as commander",
            "COMMAND dora: present as database",
            "STEP liftoff: briefing: here: commander ann, database dora");
    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);
  }

  @Test
  void whoSaysItTwiceIsThereOnce() {
    pad.start(briefed("{}"));
    pad.awaitNext(Milestone.BRIEFING);
    String first = say("ann", "commander").message();
    pad.sleep(Duration.ofMinutes(3));

    assertThat(say("ann", "commander").message()).isEqualTo(first);
    assertThat(pad.status().team().briefing().present()).hasSize(1);
    assertThat(pad.timeline().stream().filter("COMMAND ann: present as commander"::equals))
        .hasSize(1);
    assertThat(pad.refusal("present", person("joe", "pilot")))
        .isEqualTo(
            "role must be one of commander, deployment, database, monitoring, communication, on-call, cto, was 'pilot'");
    pad.tell("scrub");
    pad.outcome();
  }

  @Test
  void beforeReadinessItIsTooEarly() {
    pad.start(briefed("{}"));
    pad.awaitNext(Milestone.READINESS);

    assertThat(pad.refusal("present", person("ann", "commander")))
        .isEqualTo("it is too early: the launch has not reached readiness");
    pad.tell("scrub");
    pad.outcome();
  }

  @Test
  void withoutABriefingInThePlanNobodyIsAsked() {
    pad.start(Plans.withGate(Milestone.MIGRATE));
    pad.awaitGate(Milestone.MIGRATE);

    assertThat(pad.refusalBySignal("present", person("ann", "commander")))
        .isEqualTo("present refused: the plan has no briefing: nobody is asked to be present");
    assertThat(pad.status().team().briefing()).isNull();
    pad.tell("scrub");
    pad.outcome();
  }

  private dev.liftoff.gate.Receipt say(String who, String role) {
    return pad.update("present", person(who, role));
  }

  private static Command person(String who, String role) {
    return new Command(null, who, role, null, null);
  }

  private PlanDocument briefed(String briefing) {
    return Plans.with(plan -> with(plan, briefing));
  }

  private void with(ObjectNode plan, String briefing) {
    plan.put("launchAt", launchAt.toString());
    plan.set("briefing", Plans.json(briefing));
  }
}

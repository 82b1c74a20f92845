package dev.liftoff;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.liftoff.gate.Command;
import dev.liftoff.gate.Decision;
import dev.liftoff.gate.Proof;
import dev.liftoff.gate.Role;
import dev.liftoff.notify.Occasion;
import dev.liftoff.people.SignedText;
import dev.liftoff.plan.PlanDocument;
import dev.liftoff.simulation.SimulatedIdentity;
import dev.liftoff.status.LaunchStatus.State;
import dev.liftoff.traffic.Weight;
import dev.liftoff.traffic.Weights;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The plan of a launch that runs is changed. */
class AmendTest {
  private static final String POLL =
      "{\"poll\": [\"database\", \"commander\"], \"expires\": \"2h\"}";

  @RegisterExtension final LaunchPad pad = new LaunchPad();

  @Test
  @Recorded
  void anAmendedLaunchGoesByTheNewPlanFromThenOn() {
    pad.start(Plans.withGate(Milestone.MIGRATE));
    pad.awaitGate(Milestone.MIGRATE);
    String before = pad.status().plan().digest();

    amend(plan -> {
      Plans.gate(plan, Milestone.GO_LIVE, "{\"roles\": [\"cto\"], \"expires\": \"3h\"}");
      plan.withObject("/limits").put("hold", "90m");
    });
    pad.decide(Milestone.MIGRATE, "go");
    pad.awaitGate(Milestone.GO_LIVE);

    assertThat(pad.status().awaited().roles()).containsExactly(Role.CTO);
    assertThat(pad.traffic.changes()).isEmpty();
    pad.update("decide", decision("go-live", "cto", "zoe", "go"));
    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);
    String after = pad.status().plan().digest();
    String changes =
        "gates.go-live.expires: nothing -> 3h, gates.go-live.remindBefore: nothing -> [15m, 5m], "
            + "gates.go-live.roles: nothing -> [cto], limits.hold: 4h -> 1h30m";
    assertThat(pad.timeline())
        .contains(
            "COMMAND ann: amend: better so; %s; plan %s -> %s".formatted(changes, before, after));
    assertThat(pad.told()).contains("PLAN AMENDED");
    assertThat(pad.running().query("retrospective", String.class))
        .contains("## The plan was amended", "in force", after, "by ann (commander): better so");
    assertThat(pad.running().query("report", String.class)).contains("## The plan was amended");
  }

  @Test
  void aLaunchThatIsNotAmendedTellsNothingOfIt() {
    pad.launch(new PlanDocument(Plans.brief()));

    assertThat(pad.status().plan().amendments()).isEmpty();
    assertThat(pad.running().query("retrospective", String.class)).doesNotContain("amended");
  }

  @Test
  @Recorded
  void votesForThePlanOfBeforeAreVoid() {
    pad.start(Plans.brief(plan -> Plans.gate(plan, Milestone.MIGRATE, POLL)));
    pad.awaitGate(Milestone.MIGRATE);
    pad.update("decide", decision("migrate", "database", "ravi", "go"));

    amend(plan -> plan.withObject("/limits").put("helpEvery", "20m"));

    assertThat(pad.timeline())
        .contains(
            "DECISION liftoff: go of database (ravi) is void: the plan changed: limits.helpEvery: 15m -> 20m");
    assertThat(pad.refusal("decide", decision("migrate", "commander", "ann", "go")))
        .contains("the commander is last: the go of database is missing");
    pad.update("decide", decision("migrate", "database", "ravi", "go"));
    pad.update("decide", decision("migrate", "commander", "ann", "go"));
    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);
  }

  @Test
  void aVoteThatNamesThePlanOfBeforeIsRefused() {
    pad.start(Plans.brief(plan -> Plans.gate(plan, Milestone.MIGRATE, POLL)));
    pad.awaitGate(Milestone.MIGRATE);
    String seal = pad.status().people().poll().seal();

    amend(plan -> plan.withObject("/limits").put("helpEvery", "20m"));

    assertThat(pad.refusal("decide", decision("migrate", "database", "ravi", "go").seeing(seal)))
        .startsWith("plan changed since: look again");
  }

  @Test
  void aVoteWhoseProofWasLookedAtMeanwhileIsRefused() {
    pad.identity.acceptsUnverified("amend").knows("ravi", Role.DATABASE);
    pad.start(Plans.brief(plan -> Plans.gate(plan, Milestone.MIGRATE, POLL)));
    pad.awaitGate(Milestone.MIGRATE);
    pad.turnstile.beforeNext(
        "IdentityVerify", () -> amend(plan -> plan.withObject("/limits").put("helpEvery", "20m")));
    Decision vote = decision("migrate", "database", "ravi", "go");
    Proof proof = new Proof("token", "1", "key", "now", "later", "1", "");
    String signature =
        SimulatedIdentity.signature(SignedText.of(pad.status().launch(), vote, proof));

    assertThat(pad.refusal("decide", vote.by(proof.signed(signature))))
        .isEqualTo("the plan was amended while the proof was looked at: look again, then decide");
    assertThat(pad.status().people().poll().missing()).contains(Role.DATABASE);
  }

  @Test
  void ofTwoWhoAmendTheSamePlanOnlyTheFirstOneDoes() {
    pad.start(Plans.withGate(Milestone.MIGRATE));
    pad.awaitGate(Milestone.MIGRATE);
    Command first = amendment(plan -> plan.withObject("/limits").put("hold", "2h"));
    Command second = amendment(plan -> plan.withObject("/limits").put("hold", "3h"));

    pad.update("amend", first);

    assertThat(pad.refusal("amend", second))
        .startsWith("the plan in force is " + pad.status().plan().digest() + " and not ")
        .contains("it was amended by ann (commander): better so; limits.hold: 4h -> 2h");
    assertThat(inForce().at("/limits/hold").asText()).isEqualTo("2h");
  }

  @Test
  void theSameAmendmentAgainChangesNothing() {
    pad.start(Plans.withGate(Milestone.MIGRATE));
    pad.awaitGate(Milestone.MIGRATE);
    Command amendment = amendment(plan -> plan.withObject("/limits").put("hold", "2h"));
    pad.update("amend", amendment);
    List<String> lines = pad.timeline();

    assertThat(pad.update("amend", amendment).message()).startsWith("nothing changes: ");

    assertThat(pad.status().plan().amendments()).hasSize(1);
    assertThat(pad.timeline()).isEqualTo(lines);
  }

  @Test
  void nothingIsChangedWhenAnythingIsRefused() {
    pad.start(Plans.withGate(Milestone.MIGRATE));
    pad.awaitGate(Milestone.MIGRATE);
    String digest = pad.status().plan().digest();

    String refusal =
        pad.refusal(
            "amend",
            amendment(plan -> {
              plan.withObject("/image").put("reference", "shop:v3");
              plan.withObject("/limits").put("hold", "2h");
              plan.withObject("/gates/migrate").put("expires", "5h");
            }));

    assertThat(refusal)
        .isEqualTo(
            """
            the plan cannot be amended so; nothing was changed:
              image.reference: shop:v2 -> shop:v3: is fixed when a launch starts; leave it, or scrub (rollback once traffic has moved) and start again
              gates.migrate.expires: 1h -> 5h: the launch is at migrate: only gates of later milestones can be amended\
            """);
    assertThat(pad.status().plan().digest()).isEqualTo(digest);
    assertThat(pad.status().plan().amendments()).isEmpty();
  }

  @Test
  void anInvalidPlanIsRefusedWithEveryProblem() {
    pad.start(Plans.withGate(Milestone.MIGRATE));
    pad.awaitGate(Milestone.MIGRATE);

    assertThat(
            pad.refusal(
                "amend",
                amendment(plan -> {
                  plan.withObject("/limits").put("hold", "soon");
                  plan.put("colour", "blue");
                })))
        .startsWith("the plan is not valid; nothing was changed:")
        .contains("limits.hold", "colour");
  }

  @Test
  void whatIsMissingIsSaid() {
    pad.start(Plans.withGate(Milestone.MIGRATE));
    pad.awaitGate(Milestone.MIGRATE);
    Command bare = LaunchPad.command("because");
    Command named = bare.in(pad.status().launch().toString());
    ObjectNode plan = inForce();
    plan.withObject("/limits").put("hold", "2h");

    assertThat(pad.refusal("amend", bare)).startsWith("launch is missing: ");
    assertThat(pad.refusal("amend", named)).startsWith("plan is missing: ");
    assertThat(pad.refusal("amend", named.amending(null, plan))).startsWith("seen is missing: ");
    assertThat(pad.refusal("amend", bare.in("shop/test/v1/other").amending("x", plan)))
        .startsWith("this is launch ");
  }

  @Test
  void aSignalIsTakenTooAndARefusedOneIsShown() {
    pad.start(Plans.withGate(Milestone.MIGRATE));
    pad.awaitGate(Milestone.MIGRATE);
    Command later = amendment(plan -> plan.withObject("/limits").put("hold", "3h"));

    pad.running().signal("amend", amendment(plan -> plan.withObject("/limits").put("hold", "2h")));

    assertThat(pad.status().plan().amendments()).hasSize(1);
    assertThat(pad.refusalBySignal("amend", later))
        .startsWith("amend refused: the plan in force is ");
  }

  @Test
  void onlyTheCommanderAmends() {
    pad.start(Plans.withGate(Milestone.MIGRATE));
    pad.awaitGate(Milestone.MIGRATE);
    Command commander = amendment(plan -> plan.withObject("/limits").put("hold", "2h"));
    Command database =
        new Command(commander.launch(), "ravi", "database", "better so", null)
            .amending(commander.seen(), commander.plan());

    assertThat(pad.refusal("amend", database))
        .isEqualTo("amend is for commander, not for database");
  }

  @Test
  void aSignatureUnderAnotherPlanIsRefused() {
    pad.identity.acceptsUnverified("note").knows("ann", Role.COMMANDER);
    pad.start(Plans.withGate(Milestone.MIGRATE));
    pad.awaitGate(Milestone.MIGRATE);
    Command asked = amendment(plan -> plan.withObject("/limits").put("hold", "2h"));
    Command other = amendment(plan -> plan.withObject("/limits").put("hold", "3h"));

    assertThat(pad.refusal("amend", asked)).contains("taken from verified callers only");
    assertThat(pad.refusal("amend", asked.by(signed(other, "1").proof())))
        .contains("the signature does not fit the message");
    pad.update("amend", signed(asked, "2"));

    assertThat(pad.timeline())
        .anyMatch(line -> line.contains("amend: ") && line.endsWith("[verified]"));
  }

  @Test
  @Recorded
  void theStepsAheadAreAmendedWhileTheOneBeforeThemSoaks() {
    pad.start(new PlanDocument(Plans.brief()));
    pad.await(State.SOAKING);

    assertThat(pad.refusal("amend", amendment(plan -> soak(plan, 0, "9m"))))
        .contains("traffic.steps[0].soak: 2m -> 9m: this step has begun");
    assertThat(
            pad.refusal(
                "amend",
                amendment(
                    plan -> plan.withArray("/traffic/steps").insertObject(1).put("weight", 50))))
        .contains(
            "traffic.steps[1].weight: 50 % was not among the weights that the proxy was asked for at preflight");
    amend(plan -> soak(plan, 1, "31m"));
    pad.await("all traffic", status -> status.traffic().planned().equals(Weight.ALL));
    pad.sleep(Duration.ofMinutes(29));

    assertThat(pad.status().state()).isEqualTo(State.SOAKING);
    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);
  }

  @Test
  void aRampIsAddedBeforeThePreflightAsksTheProxyForIt() {
    pad.start(Plans.brief(plan -> Plans.gate(plan, Milestone.BRIEFING, "{}")));
    pad.awaitGate(Milestone.BRIEFING);
    amend(plan ->
        plan.withArray("/traffic/steps").insertObject(0).put("weight", 5).put("soak", "2m"));
    pad.decide(Milestone.BRIEFING, "go");

    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);
    assertThat(pad.traffic.changes()).hasSize(3);
    assertThat(pad.traffic.changes().getFirst())
        .isEqualTo(Weights.of(dev.liftoff.container.Slot.GREEN, new Weight(5)));
  }

  @Test
  void messagesGoWhereTheAmendedPlanSends() {
    pad.start(Plans.withGate(Milestone.MIGRATE));
    pad.awaitGate(Milestone.MIGRATE);

    amend(plan -> plan.withObject("/notifications/routes").putArray("traffic").add("webhook"));
    pad.decide(Milestone.MIGRATE, "go");
    pad.awaitNext(Milestone.VALIDATION_15M);

    assertThat(pad.notifier.announcements())
        .filteredOn(message -> message.occasion() == Occasion.TRAFFIC)
        .singleElement()
        .satisfies(message ->
            assertThat(message.routing().kinds())
                .containsExactly(dev.liftoff.notify.ChannelKind.WEBHOOK));
  }

  @Test
  void aLaunchOnItsWayBackIsNotAmended() {
    pad.start(new PlanDocument(Plans.brief()));
    pad.await(State.SOAKING);
    Command amendment = amendment(plan -> plan.withObject("/limits").put("hold", "2h"));
    pad.tell("rollback");

    assertThat(pad.refusal("amend", amendment))
        .isIn("the way back runs already", "the launch has ended");
  }

  private static void soak(ObjectNode plan, int step, String time) {
    ((ObjectNode) plan.withArray("/traffic/steps").get(step)).put("soak", time);
  }

  private void amend(Consumer<ObjectNode> change) {
    pad.update("amend", amendment(change));
  }

  private Command amendment(Consumer<ObjectNode> change) {
    ObjectNode plan = inForce();
    change.accept(plan);
    return new Command(pad.status().launch().toString(), "ann", "commander", "better so", null)
        .amending(pad.status().plan().digest(), plan);
  }

  private ObjectNode inForce() {
    return (ObjectNode) pad.running().query("plan", PlanDocument.class).json();
  }

  private Decision decision(String gate, String role, String who, String answer) {
    return new Decision(pad.status().launch().toString(), gate, answer, who, role, "seen");
  }

  private Command signed(Command command, String nonce) {
    Proof proof = new Proof("token", "1", "key", "now", "later", nonce, "");
    return command.by(
        proof.signed(
            SimulatedIdentity.signature(
                SignedText.of(pad.status().launch(), "amend", command, proof))));
  }
}

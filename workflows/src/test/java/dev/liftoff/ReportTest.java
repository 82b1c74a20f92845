package dev.liftoff;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.liftoff.gate.Command;
import dev.liftoff.notify.Announcement;
import dev.liftoff.notify.Occasion;
import dev.liftoff.plan.PlanDocument;
import dev.liftoff.status.LaunchStatus.State;
import dev.liftoff.traffic.Weight;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What a launch writes down of itself. The golden document is written anew with {@code
 * -Dgolden.write=true}; read the difference before it is committed.
 */
class ReportTest {
  private static final Path GOLDEN = Path.of("src/test/resources/documents/retrospective.md");

  @RegisterExtension final LaunchPad pad = new LaunchPad();
  private final Instant launchAt = pad.clock().plus(Duration.ofHours(30));

  @Test
  void theRetrospectiveOfAWholeLaunchHasItsFacts() throws IOException {
    pad.start(whole());
    pad.awaitNext(Milestone.BRIEFING);
    say("present", "ann", "commander");
    say("present", "dora", "database");
    pad.decide(Milestone.MIGRATE, "go");
    pad.decide(Milestone.GO_LIVE, "go");
    pad.awaitNext(Milestone.VALIDATION_15M);
    pad.update("hold", LaunchPad.command("<!channel> @here look at | the pool"));
    pad.sleep(Duration.ofMinutes(7));
    pad.tell("resume");
    pad.decide(Milestone.VALIDATION_30M, "go");
    pad.awaitNext(Milestone.CHECKPOINT_2H);
    say("acknowledge", "oli", "on-call");
    action("tell support about the new field", "eva", null);
    action("an index on orders.note", "bob", "2026-12-01");
    pad.update("action", LaunchPad.command("told").item(null, null, "1"));
    pad.decide(Milestone.REVIEW_24H, "go");
    pad.awaitGate(Milestone.REVIEW_48H);
    pad.update("extend", LaunchPad.command("a busy day first").lasting("24h"));
    pad.awaitNext(Milestone.REVIEW_48H);
    pad.decide(Milestone.REVIEW_48H, "go");
    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);
    long events = pad.mostEvents();
    System.out.println("events of a launch with briefing, hand-over and extension: " + events);
    assertThat(events).isLessThan(1_000);

    String document = masked(query("retrospective"));

    if (Boolean.getBoolean("golden.write")) {
      Files.createDirectories(GOLDEN.getParent());
      Files.writeString(GOLDEN, document);
    }
    assertThat(document).isEqualTo(Files.readString(GOLDEN));
    assertThat(told(Occasion.RETROSPECTIVE).facts())
        .contains(
            "the document with the facts: liftoff retrospective, or the query retrospective",
            "to do: 2. bob until 2026-12-01: an index on orders.note");
  }

  @Test
  void plannedAndReachedAreBesideEachOtherAndAHoldMakesLate() {
    pad.start(timed(_ -> {}));
    pad.awaitNext(Milestone.NOTICE);
    pad.tell("hold");
    pad.sleep(Duration.ofMinutes(33));
    pad.tell("resume");
    pad.awaitNext(Milestone.PREPARE);

    assertThat(query("retrospective").lines())
        .anyMatch(line -> line.matches("\\| preflight \\| T-60m \\| .* \\| on time \\|"))
        .anyMatch(line -> line.matches("\\| notice \\| T-45m \\| .* UTC \\| .* UTC \\| 33m \\|"))
        .anyMatch(line -> line.matches("- .* UTC for 33m: ann: because"))
        .contains("- outcome: it still runs: WAITING, " + pad.status().because())
        .contains("- held: held 1 x, 33m in all");
    pad.tell("scrub");
    pad.outcome();
  }

  @Test
  void theReportOfAQuietDayIsGreenAndSaysWhatIsAskedAndWhatNobodyKnows() {
    pad.start(timed(ReportTest::gates));
    pad.decide(Milestone.REVIEW_24H, "go");
    pad.awaitGate(Milestone.REVIEW_48H);

    assertThat(query("report").lines())
        .contains(
            "# Status report: shop v1 → v2 in test",
            "- every limit is held",
            "- go: declares v2 stable; the old version, its baseline, is removed now, and there is no way back after it",
            "- no-go: traffic goes back; extend: another checkpoint, and the same question there (up to 7d more)",
            "- a rollback would not undo: rows written since traffic moved: they are kept",
            "- not known to Liftoff: support tickets and user feedback, cost, errors by kind, latency by route")
        .anyMatch(line -> line.startsWith("**GREEN**, as of "))
        .anyMatch(line -> line.startsWith("| error-rate | OK | "));
    assertThat(told(Occasion.REVIEW).facts())
        .contains("stability GREEN: every limit is held")
        .anyMatch(fact ->
            fact.startsWith("open, the old version stays ready until a go at the last review, "));
    pad.decide(Milestone.REVIEW_48H, "go");
    pad.outcome();
    assertThat(query("report")).contains("- way back: there is none any more");
  }

  @Test
  void whatIsNotMeasuredIsNeverGreen() {
    pad.start(timed(ReportTest::gates));
    pad.awaitNext(Milestone.REVIEW_24H);
    pad.blindFor(Duration.ofDays(3));
    pad.awaitGate(Milestone.REVIEW_24H);

    assertThat(query("report"))
        .contains("**AMBER**", "no data: ")
        .containsSubsequence("## Data gaps", "error-rate is not measured");
    assertThat(told(Occasion.REVIEW).facts())
        .anyMatch(fact -> fact.startsWith("stability AMBER: no data: "));
    pad.tell("rollback");
    pad.outcome();
  }

  @Test
  void beforeTrafficAndInAHoldItIsAmberAndAfterARollbackRed() {
    pad.database.upToDate();
    pad.start(timed(_ -> {}));
    pad.awaitNext(Milestone.VALIDATION_30M);
    pad.tell("hold");
    assertThat(query("report")).contains("**AMBER**", "- held by ann: because");
    pad.tell("resume");
    pad.awaitNext(Milestone.CHECKPOINT_2H);
    pad.metrics.failingAt(Weight.ALL);
    assertThat(pad.outcome()).isInstanceOf(Outcome.RolledBack.class);

    assertThat(query("report")).contains("**RED**", "- rolled back: ");
    assertThat(query("retrospective")).contains("- outcome: rolled back at ", "traffic back");
  }

  @Test
  void aReportCanBeAskedForBeforeAnythingHasHappened() {
    pad.start(timed(_ -> {}));
    pad.await(State.WAITING);

    assertThat(query("report").split("## The launch", -1)[0])
        .contains("**AMBER**", "- not all traffic is on v2 yet", "- no limit was looked at yet");
    assertThat(query("retrospective")).contains("- outcome: it still runs: WAITING");
    pad.tell("scrub");
    pad.outcome();
    assertThat(query("retrospective")).contains("- outcome: called off at ");
  }

  @Test
  void whatPeopleWriteIsTextAndCallsNobody() {
    pad.start(Plans.withGate(Milestone.MIGRATE));
    pad.awaitGate(Milestone.MIGRATE);
    pad.update("note", LaunchPad.command("<!channel> @here [x](http://evil) | <b>`rm`"));
    action("<!here> | @all", "@bob", null);

    assertThat(query("retrospective"))
        .contains("\\<!channel\\> @\u200bhere \\[x\\](http://evil) \\| \\<b\\>\\`rm\\`")
        .contains("1. @\u200bbob: \\<!here\\> \\| @\u200ball");
    pad.tell("scrub");
    pad.outcome();
  }

  private PlanDocument whole() {
    return timed(plan -> {
      plan.remove("gates");
      plan.set("briefing", Plans.json("{\"roles\": [\"commander\", \"database\", \"on-call\"]}"));
      plan.set("handOver", Plans.json("{}"));
      plan.withObject("/metrics")
          .set("watched", Plans.json("{\"things\": {\"request-rate\": {\"query\": \"rate\"}}}"));
    });
  }

  private PlanDocument timed(java.util.function.Consumer<ObjectNode> change) {
    return Plans.with(plan -> {
      plan.put("launchAt", launchAt.toString());
      change.accept(plan);
    });
  }

  private static void gates(ObjectNode plan) {
    Plans.gate(plan, Milestone.REVIEW_24H, "{}");
    Plans.gate(plan, Milestone.REVIEW_48H, "{}");
  }

  private String query(String name) {
    return pad.running().query(name, String.class);
  }

  private Announcement told(Occasion occasion) {
    List<Announcement> all =
        pad.notifier.announcements().stream().filter(one -> one.occasion() == occasion).toList();
    return all.getLast();
  }

  private void say(String verb, String who, String role) {
    pad.update(verb, new Command(null, who, role, null, null));
  }

  private void action(String text, String owner, String due) {
    pad.update("action", LaunchPad.command(text).item(owner, due, null));
  }

  /** Without what is another in every run. */
  private static String masked(String document) {
    return document
        .replaceAll("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z", "INSTANT")
        .replaceAll("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d UTC", "TIME")
        .replaceAll("\\b\\d\\d:\\d\\d UTC", "HOUR")
        .replaceAll("T\\+\\d\\d:\\d\\d:\\d\\d|T\\+\\d{2,3}:\\d\\d:\\d\\d", "CLOCK")
        .replaceAll("shop/test/v2/[0-9a-f-]+", "shop/test/v2/RUN")
        .replaceAll("shop-test-v2-[0-9a-f]+", "shop-test-v2-RUN")
        .replaceAll("\\d+ sent", "N sent")
        .replaceAll("\\(\\d+ looks", "(N looks");
  }
}

package dev.liftoff.starter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.liftoff.LaunchWorkflow;
import dev.liftoff.Payloads;
import dev.liftoff.plan.PlanReader;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.worker.WorkerFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(300)
class VerbsTest {
  private static final AtomicInteger LAUNCHES = new AtomicInteger();

  @TempDir static Path folder;
  private static LocalTemporal server;
  private static String address;
  private static WorkflowServiceStubs stubs;
  private static WorkerFactory workers;

  private String launch;

  @BeforeAll
  static void startServerAndWorker() throws IOException {
    server = new LocalTemporal();
    address = server.address();
    stubs = server.connect();
    WorkflowClient client =
        WorkflowClient.newInstance(
            stubs,
            WorkflowClientOptions.newBuilder().setDataConverter(Payloads.converter()).build());
    workers = WorkerFactory.newInstance(client);
    workers
        .newWorker(LaunchWorkflow.TASK_QUEUE, ListServer.PATIENT)
        .registerWorkflowImplementationTypes(
            FakeLaunch.class, FakeChannels.class, FakeCheckup.class);
    workers.start();
  }

  @AfterAll
  static void stop() {
    workers.shutdownNow();
    stubs.shutdownNow();
    server.close();
  }

  @BeforeEach
  void nameTheLaunch() {
    launch = "shop%d/production".formatted(LAUNCHES.incrementAndGet());
  }

  @Test
  void startTellsTheWorkflowTheLaunchAndWhatComesNext() throws IOException {
    CommandLineRun run = liftoff("start", plan());

    assertThat(run.exit()).isZero();
    assertThat(run.out())
        .contains("✔ Started " + service() + " v2 in production")
        .contains("workflow  launch/" + launch)
        .containsPattern("launch    " + launch + "/v2/[0-9a-f-]{36}");
    assertThat(run.err()).contains("Next: liftoff watch " + launch);
  }

  @Test
  void aSecondStartIsRefusedWithWhoRunsTheFirst() throws IOException {
    start();

    CommandLineRun run = liftoff("start", plan());

    assertThat(run.exit()).isEqualTo(10);
    assertThat(run.err())
        .containsPattern(
            "✖ A launch of %s in production runs already: v2 by ann since \\S+Z, DECIDING at go-live\\."
                .formatted(service()));
    assertThat(run.out()).isEmpty();
  }

  @Test
  void anInvalidPlanStartsNothing() throws IOException {
    Path plan =
        Files.writeString(
            folder.resolve("bad.yaml"), "service: " + service() + "\nenvironment: production\n");

    assertThat(liftoff("start", plan.toString()).exit()).isEqualTo(9);
    assertThat(liftoff("status", launch).exit()).isEqualTo(2);
  }

  @Test
  void aRoleIsLentUntilTheNextTimeThatItIsThisLate() throws IOException {
    start();

    assertThat(liftoff("lend", launch, "--to", "bob", "--until", "18:00").out())
        .containsPattern("lend to bob until \\d{4}-\\d\\d-\\d\\dT18:00:00Z");
    assertThat(liftoff("lend", launch, "--to", "bob", "--back").out())
        .contains("lend to bob until now");
    assertThat(liftoff("lend", launch, "--to", "bob").err())
        .contains("Say either --until TIME or --back.");
  }

  @Test
  void aDryRunStartsNothing() throws IOException {
    assertThat(liftoff("start", plan(), "--dry-run").err()).contains("Nothing was changed");
    assertThat(liftoff("status", launch).err())
        .contains("There is no launch of " + service() + " in production.");
  }

  @Test
  void startTakesAnotherHour() throws IOException {
    CommandLineRun run = liftoff("start", plan(), "--at", "2031-01-01T00:00:00Z", "--dry-run");

    assertThat(run.out()).contains("T+0 2031-01-01T00:00:00Z");
  }

  @Test
  void statusShowsTheSnapshotAndTheNextCommands() throws IOException {
    start();

    CommandLineRun run = liftoff("status", launch);

    assertThat(run.exit()).isZero();
    assertThat(run.out())
        .contains("v1 → v2 in production   DECIDING at go-live")
        .contains("awaited    commander at go-live until 2026-11-20T15:00:00Z")
        .contains("schema 41 → 42; pending V43; restore point shop-41, L4, rehearsed and tried on")
        .contains("not undone migration V42 (expand)")
        .contains("Next: liftoff go " + launch);
    assertThat(liftoff("status", launch, "--exit-status").exit()).isEqualTo(7);
  }

  @Test
  void theDigestOfAPlanFileIsTheOneThatStartAndStatusTell() throws IOException {
    String digest = liftoff("plan", "digest", plan()).out().strip();
    assertThat(digest).matches("[0-9a-f]{16}");

    assertThat(liftoff("start", plan()).out()).contains("  plan      " + digest);
    assertThat(liftoff("status", launch).out()).contains("  plan       " + digest + "\n");

    Path other =
        Files.writeString(
            folder.resolve("other.yaml"),
            Files.readString(Path.of(plan())).replace("version: ", "version: x"));
    assertThat(liftoff("plan", "digest", other.toString()).out().strip())
        .matches("[0-9a-f]{16}")
        .isNotEqualTo(digest);
  }

  @Test
  void messagesAreMutedUnmutedAndToldAgain() throws IOException {
    start();

    assertThat(
            liftoff(
                    "notify",
                    "mute",
                    launch,
                    "--channel",
                    "slack",
                    "--for",
                    "30m",
                    "--reason",
                    "noise",
                    "--yes")
                .out())
        .contains("mute slack for 30m: noise");
    assertThat(liftoff("notify", "unmute", launch, "--channel", "slack").out())
        .contains("unmute slack");
    assertThat(
            liftoff("notify", "resend", launch, "--message", "7-x", "--reason", "unseen", "--yes")
                .out())
        .contains("resend 7-x on null: unseen");
    assertThat(liftoff("status", launch).out())
        .contains("email is muted by cara until the launch ends (noise): held back T+15m")
        .contains("7-validation-15m-validated on slack: failed");
    assertThat(liftoff("notify", "mute", launch, "--channel", "smoke", "--reason", "x").err())
        .contains("must be one of slack, card");
  }

  @Test
  void channelsAreTriedAndEachIsAnswered() {
    CommandLineRun all = liftoff("notify", "test");
    CommandLineRun one = liftoff("notify", "test", "--channel", "slack");

    assertThat(all.out()).contains("✔ slack: sent", "✖ email: failed: no answer, asked for by ann");
    assertThat(all.exit()).isEqualTo(9);
    assertThat(one.out().strip()).isEqualTo("✔ slack: sent");
    assertThat(one.exit()).isZero();
  }

  @Test
  void statusInJsonIsTheQueryItself() throws IOException {
    start();

    JsonNode json = json(liftoff("status", launch, "-o", "json"));

    assertThat(json.get("schema").asText()).isEqualTo("liftoff.status/v1");
    assertThat(json.get("state").asText()).isEqualTo("DECIDING");
  }

  @Test
  void goAsksAndShowsWhatIsDecided() throws IOException {
    start();

    CommandLineRun run = typing("y\n", "go", launch, "--as", "bob", "--reason", "all green");

    assertThat(run.exit()).isZero();
    assertThat(run.out()).isEqualTo("✔ told: go at go-live\n");
    assertThat(run.err())
        .contains("go-live of " + service() + " v1 → v2 in production")
        .contains("verdict    pass")
        .contains("pending: V43")
        .contains("Say GO at go-live as bob (commander)? [y/N]");
    assertThat(liftoff("timeline", launch).out())
        .contains("DECISION")
        .contains("bob: go at go-live");
  }

  @Test
  void presentAcknowledgeAndActionGoWithoutAQuestion() throws IOException {
    start();

    assertThat(liftoff("present", launch, "--as", "dora", "--role", "database").exit()).isZero();
    assertThat(liftoff("acknowledge", launch, "--as", "oli", "--role", "on-call").exit()).isZero();
    assertThat(
            liftoff("action", launch, "add an index", "--owner", "bob", "--due", "2026-12-01")
                .exit())
        .isZero();
    assertThat(liftoff("action", launch, "--done", "1").exit()).isZero();
    assertThat(liftoff("action", launch, "more", "--done", "1").exit()).isEqualTo(2);
    assertThat(liftoff("timeline", launch).out())
        .contains("dora/database: present: null")
        .contains("oli/on-call: acknowledge: null")
        .contains("action for bob until 2026-12-01 done null: add an index")
        .contains("action for null until null done 1: null");
  }

  @Test
  void documentsGoToTheScreenOrIntoAFile() throws IOException {
    start();
    Path file = folder.resolve("report.md");

    assertThat(liftoff("report", launch).out()).isEqualTo("# Status report\n");
    assertThat(json(liftoff("retrospective", launch, "-o", "json")).get("retrospective").asText())
        .isEqualTo("# Retrospective\n");
    assertThat(liftoff("report", launch, "--file", file.toString()).out()).isEmpty();
    assertThat(file).hasContent("# Status report");
    CommandLineRun nowhere = liftoff("report", launch, "--file", "/nowhere/report.md");
    assertThat(nowhere.exit()).isEqualTo(2);
    assertThat(nowhere.err()).contains("/nowhere/report.md cannot be written");
  }

  @Test
  void aGoThatIsAnsweredWithNoSendsNothing() throws IOException {
    start();

    assertThat(typing("all green\nn\n", "go", launch).exit()).isEqualTo(130);
    assertThat(liftoff("timeline", launch).out()).isEmpty();
  }

  @Test
  void aGoWithNobodyToAskNeedsYes() throws IOException {
    start();

    assertThat(liftoff("go", launch, "--reason", "seen").exit()).isEqualTo(2);
    assertThat(liftoff("go", launch, "--reason", "seen", "--yes").exit()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"go", "no-go", "promote", "extend", "scrub", "rollback", "rescue", "skip"})
  void whatNeedsAReasonSaysSoBeforeAnythingIsSent(String verb) throws IOException {
    start();

    CommandLineRun run = liftoff(verb, launch, "--yes");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("needs a reason").contains("--reason");
    assertThat(liftoff("timeline", launch).out()).isEmpty();
  }

  @Test
  void aRefusedDecisionIsOneSentence() throws IOException {
    start();

    CommandLineRun wrong = liftoff("go", launch, "--gate", "migrate", "--reason", "seen", "--yes");
    assertThat(wrong.exit()).isEqualTo(10);
    assertThat(wrong.err()).endsWith("✖ the gate migrate is not open; open is go-live\n");

    liftoff("go", launch, "--reason", "seen", "--yes");
    CommandLineRun late = liftoff("go", launch, "--reason", "seen", "--yes");
    assertThat(late.exit()).isEqualTo(10);
    assertThat(late.err()).contains("No gate is open: the launch is SOAKING at go-live");
  }

  @Test
  void anAnswerMeantForAnotherLaunchIsRefused() throws IOException {
    start();

    CommandLineRun run = liftoff("go", launch + "/v1/yesterday", "--reason", "seen", "--yes");

    assertThat(run.exit()).isEqualTo(10);
    assertThat(run.err()).contains("is not the current one of " + launch);
  }

  @Test
  void holdAsksNothingAndResumeGoesOn() throws IOException {
    start();

    assertThat(liftoff("resume", launch).err()).isEqualTo("✖ the launch is not held\n");
    assertThat(liftoff("hold", launch, "--reason", "odd graph").out())
        .startsWith("✔ told: hold: odd graph");
    assertThat(liftoff("resume", launch).exit()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "no-go,    6, Scrubbed at go-live: no-go by ann",
    "promote,  0, Launched v2.",
    "rollback, 5, Rolled back at go-live: because",
    "scrub,    6, scrubbed by ann",
    "skip,     3, the disk is full"
  })
  void watchEndsWithTheExitCodeOfTheLaunch(String verb, int exit, String sentence)
      throws IOException {
    start();

    assertThat(liftoff(verb, launch, "--reason", "because", "--yes").exit()).isZero();
    CommandLineRun watched = liftoff("watch", launch, "--interval", "50ms");

    assertThat(watched.exit()).isEqualTo(exit);
    assertThat(watched.err()).contains(sentence);
  }

  @Test
  void watchEndsWhenTheLaunchIsTerminatedInTemporal() throws IOException {
    start();
    WorkflowClient.newInstance(stubs)
        .newUntypedWorkflowStub("launch/" + launch)
        .terminate("by mistake");

    CommandLineRun watched = liftoff("watch", launch, "--interval", "50ms", "--timeout", "20s");

    assertThat(watched.exit()).isEqualTo(3);
    assertThat(watched.err()).contains("Terminated in Temporal: nothing was undone");
  }

  @Test
  void watchPrintsALinePerChangeAndLeavesAtTheTimeout() throws IOException {
    start();
    liftoff("note", launch, "disk swapped");

    CommandLineRun watched = liftoff("watch", launch, "--interval", "50ms", "--timeout", "300ms");

    assertThat(watched.exit()).isEqualTo(8);
    assertThat(watched.err()).contains("the launch continues");
    assertThat(watched.out().lines())
        .containsExactly(
            "2026-11-20T14:00:00Z T-00:00   NOTE      go-live        ann: disk swapped",
            "2026-11-20T14:00:00Z DECIDING at=go-live weight=0 verdict=pass gate=go-live because=\"the gate is open\"");
  }

  @Test
  void watchCanLeaveWhenAHumanIsAwaited() throws IOException {
    start();

    assertThat(liftoff("watch", launch, "--until-gate").exit()).isEqualTo(7);
  }

  @Test
  void rollbackShowsWhatItWillAndWillNotUndoBeforeItAsks() throws IOException {
    start();

    CommandLineRun run = typing("errors\nn\n", "rollback", launch);

    assertThat(run.exit()).isEqualTo(130);
    assertThat(run.err())
        .startsWith(
            "Why, in a sentence? Will:\n  traffic to blue\nWill NOT undo:\n  migration V42 (expand)\n")
        .contains("Roll back the launch of " + launch + "? [y/N]");
  }

  @Test
  void retryNamesItsStep() throws IOException {
    start();

    assertThat(liftoff("retry", launch, "--step", "traffic to blue").out())
        .contains("traffic to blue");
  }

  @Test
  void whoAndRoleAreSent() throws IOException {
    start();
    liftoff("hold", launch, "--as", "mei", "--role", "monitoring");

    assertThat(liftoff("timeline", launch).out()).contains("mei/monitoring: hold");
  }

  @Test
  void aLaunchThatIsOverRefusesWithWhenItEnded() throws IOException {
    start();
    liftoff("promote", launch, "--reason", "seen", "--yes");
    liftoff("watch", launch, "--interval", "50ms");

    CommandLineRun run = liftoff("hold", launch);

    assertThat(run.exit()).isEqualTo(10);
    assertThat(run.err())
        .contains("The launch of " + launch + " is over: completed since ")
        .contains("Z. Launched v2.");
  }

  @Test
  void aGoForALaunchThatIsOverSaysHowItEnded() throws IOException {
    start();
    liftoff("promote", launch, "--reason", "seen", "--yes");
    liftoff("watch", launch, "--interval", "50ms");

    assertThat(liftoff("go", launch, "--reason", "late").err())
        .startsWith("✖ No gate is open: the launch is over. Launched v2.\n");
  }

  @Test
  void aLaunchThatNeverWasIsNotFound() {
    Stream.of("status", "timeline", "hold", "watch")
        .forEach(verb -> {
          CommandLineRun run = liftoff(verb, launch);
          assertThat(run.exit()).isEqualTo(2);
          assertThat(run.err())
              .startsWith("✖ There is no launch of " + service() + " in production.\n");
        });
  }

  @Test
  void listShowsEveryLaunch() throws IOException {
    start();

    assertThat(liftoff("list", "--limit", "100").out()).containsPattern(launch + " +running");
  }

  @Test
  void withoutANameAndWithSeveralRunningAllAreNamed() throws IOException {
    start();
    String first = launch;
    nameTheLaunch();
    start();

    CommandLineRun run = liftoff("status");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).startsWith("✖ Which launch? There are ").contains(first, launch);
  }

  @Test
  void theDoctorKnowsThisServer() {
    CommandLineRun run = liftoff("doctor");

    assertThat(run.out())
        .contains("OK       temporal " + address + ": serves")
        .contains("OK       people: 3 can be verified, and must be");
  }

  @Test
  void amendShowsWhatChangesAndSendsThePlanThatItHasSeen() throws IOException {
    start();
    String digest = json(liftoff("status", launch, "-o", "json")).at("/plan/digest").asText();
    Path amended = folder.resolve(service() + "-amended.yaml");
    Files.writeString(amended, Files.readString(Path.of(plan())).replace("hold: 4h", "hold: 90m"));

    CommandLineRun refused = typing("n\n", "amend", launch, amended.toString(), "--reason", "late");
    CommandLineRun sent = liftoff("amend", launch, amended.toString(), "--reason", "late", "--yes");

    assertThat(refused.err())
        .contains("Plan " + digest + " -> ", "  limits.hold: 4h -> 1h30m\n", "Nothing was sent.");
    assertThat(sent.exit()).isZero();
    assertThat(sent.out()).contains("amend " + digest + " to {\"hold\":\"90m\"");
    assertThat(liftoff("timeline", launch).out()).containsOnlyOnce("amend ");
    assertThat(liftoff("amend", launch, amended.toString(), "--reason", "late", "--plain").out())
        .contains("--name amend", "\"seen\":\"" + digest + "\"");
  }

  static void start(String address, Path plan) {
    assertThat(CommandLineRun.of("start", plan.toString(), "--address", address).exit()).isZero();
  }

  private void start() throws IOException {
    assertThat(liftoff("start", plan()).exit()).isZero();
  }

  private CommandLineRun liftoff(String... args) {
    return CommandLineRun.of(addressed(args));
  }

  private CommandLineRun typing(String answer, String... args) {
    return CommandLineRun.typing(answer, addressed(args));
  }

  private static String[] addressed(String... args) {
    return Stream.concat(
            Stream.of("--address", address, "--command-timeout", ListServer.ANSWER_LIMIT),
            Stream.of(args))
        .toArray(String[]::new);
  }

  private String service() {
    return launch.substring(0, launch.indexOf('/'));
  }

  private String plan() throws IOException {
    try (var in = PlanReader.class.getResourceAsStream("reference.yaml")) {
      String plan =
          new String(in.readAllBytes(), StandardCharsets.UTF_8)
              .replace("service: shop", "service: " + service());
      return Files.writeString(folder.resolve(service() + ".yaml"), plan).toString();
    }
  }

  private static JsonNode json(CommandLineRun run) throws IOException {
    return new ObjectMapper().readTree(run.out());
  }
}

package dev.liftoff.starter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.liftoff.people.Policy;
import dev.liftoff.plan.PlanReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the doctor asks of a worker. */
@Timeout(600)
class DoctorTest {
  private static final String NONE = "NOBODY IS VERIFIED: a test";

  private static ListServer server;

  @TempDir Path folder;

  @BeforeAll
  static void startServer() throws IOException {
    server = new ListServer(new KeysOfPeople(NONE, Policy.ALL));
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @Test
  void nobodyIsVerifiedIsSaidWithTheFix() {
    CommandLineRun run = server.run("doctor");

    assertThat(run.exit()).isEqualTo(9);
    assertThat(run.out())
        .contains("FAIL     people: " + NONE + "\n         → liftoff people add ")
        .contains("OK       polls: the worker asks for none: a plan alone says who votes");
    assertThat(run.err()).contains("Not asked, for want of a plan");
  }

  @Test
  void theFixForNobodyIsACommandThatWorks() {
    String out = server.run("doctor").out();
    String fix =
        out.substring(out.indexOf("→ liftoff people add ") + 2, out.indexOf(", then start"));
    String[] words =
        fix.replace("NAME", "ann")
            .replace("ROLE", "commander")
            .replace("FILE", folder.resolve("people").toString())
            .replace("TOKEN", folder.resolve("ann.token").toString())
            .split(" ", -1);

    CommandLineRun added = CommandLineRun.of(Arrays.copyOfRange(words, 1, words.length));

    assertThat(added.exit()).as(added.err()).isZero();
    assertThat(folder.resolve("people")).content().contains("ann commander");
  }

  @Test
  void whereProofsAreAskedForPeopleAreWell() throws IOException {
    try (ListServer strict = new ListServer(new KeysOfPeople(null))) {
      assertThat(strict.run("doctor").out()).contains("OK       people: proofs are asked for");
    }
  }

  @Test
  void theSourcesOfAPlanAreAskedByTheWorker() throws IOException {
    server.readiness.blind("MON-01").failing("SEC-01");

    CommandLineRun run = server.run("doctor", "--plan", plan(CHECKLIST + ALERTS));

    assertThat(run.out())
        .contains(
            "NO DATA  source prometheus (MON-01): no answer (simulated)\n         → needed: an answer")
        .contains(
            "FAIL     source image-scan (SEC-01): wrong (simulated)\n         → must be: right")
        .contains("OK       source engine (ENG-01): right (simulated)")
        .contains("OK       source alertmanager: http://127.0.0.1:9093 answers: no alert fires")
        .doesNotContain("CLO-01");
    assertThat(run.err()).doesNotContain("Not asked");
  }

  @Test
  void anAlertmanagerThatIsSilentIsNoData() throws IOException {
    try (ListServer other = new ListServer(new KeysOfPeople(NONE, Policy.ALL))) {
      other.alerts.unreachable();

      assertThat(other.run("doctor", "--plan", plan(ALERTS)).out())
          .contains("NO DATA  source alertmanager: the simulated Alertmanager does not answer");
    }
  }

  @Test
  void aWrongPlanIsRefusedBeforeAnythingIsAsked() throws IOException {
    CommandLineRun run = server.run("doctor", "--plan", plan("checklist: {bar: eleven}\n"));

    assertThat(run.exit()).isEqualTo(9);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("checklist.bar");
  }

  private static final String ALERTS =
      """
      alerts:
        url: http://127.0.0.1:9093
        watch: 'service="shop"'
      """;

  private static final String CHECKLIST =
      """
      checklist:
        use: none
        items:
          - {id: MON-01, area: monitoring, question: does it answer, owner: monitoring, examination: {subject: prometheus}}
          - {id: SEC-01, area: security, question: is it scanned, owner: deployment, examination: {subject: image-scan}}
          - {id: ENG-01, area: engine, question: does it answer, owner: deployment, examination: {subject: engine}}
          - {id: CLO-01, area: host, question: is it right, owner: deployment, examination: {subject: clock}}
      """;

  private String plan(String more) throws IOException {
    try (var in = PlanReader.class.getResourceAsStream("reference.yaml")) {
      String reference = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      String bare = reference.replaceAll("(?ms)^(checklist|alerts):.*?(?=^[a-zA-Z]|\\z)", "");
      return Files.writeString(folder.resolve("plan.yaml"), bare + "\n" + more).toString();
    }
  }
}

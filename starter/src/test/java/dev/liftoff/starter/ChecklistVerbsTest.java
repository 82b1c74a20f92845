package dev.liftoff.starter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.liftoff.gate.Role;
import dev.liftoff.people.Policy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class ChecklistVerbsTest {
  private static final String LAUNCH = "shop/production";
  private static ListServer lists;

  @BeforeAll
  static void startServerAndList() throws IOException {
    lists = new ListServer(new KeysOfPeople("NOBODY IS VERIFIED: a test", Policy.ALL));
  }

  @AfterAll
  static void stop() {
    lists.close();
  }

  @Test
  void aListIsSeenAnsweredAndSignedOff() {
    CommandLineRun seen = run("checklist", LAUNCH);
    assertThat(seen.out())
        .contains("NOBODY IS VERIFIED: a test")
        .contains("critical and not passed: PEO-01")
        .contains("open, commander: PEO-01, PEO-02")
        .contains("sign-off commander: missing");
    assertThat(run("checklist", "mine", LAUNCH).out())
        .contains("PEO-01 Is everybody here? (critical)  pending: nobody has answered")
        .contains("how: ask them");

    CommandLineRun mixed = run("checklist", "pass", "PEO-01", "PEO-99", "--value", "5 people");
    assertThat(mixed.exit()).isEqualTo(ExitCode.CONFLICT.code());
    assertThat(mixed.out())
        .contains("✔ PEO-01 pass: 5 people, by ann (commander)")
        .contains("✖ PEO-99 is no item of this list");
    assertThat(run("checklist", "deviate", "PEO-02", "--reason", "late", "--owner", "bob").out())
        .contains("✖ PEO-02 until is missing");
    assertThat(
            run(
                    "checklist",
                    "deviate",
                    "PEO-02",
                    "--reason",
                    "late",
                    "--owner",
                    "bob",
                    "--until",
                    "2h")
                .exit())
        .isZero();
    assertThat(run("checklist", "approve", "PEO-02").out()).contains("needs a second person");
    assertThat(run("checklist", "approve", "PEO-02", "--as", "omar", "--role", "cto").exit())
        .isZero();
    assertThat(run("checklist", "sign-off").exit()).isZero();
    assertThat(run("checklist", "examine", "PEO-01").out())
        .contains("✖ PEO-01 is answered by people");

    CommandLineRun ready = run("checklist", LAUNCH, "-o", "json");
    assertThat(ready.out()).contains("\"tenths\" : 75").contains("\"blocked\"");
    assertThat(run("checklist", "log", LAUNCH).out()).contains("signs off as commander");
  }

  @Test
  void whoHasATokenSignsWhatHeSaysOfAList(@TempDir Path folder) throws IOException {
    Token.Issued mei = Token.issue("mei", List.of(Role.COMMANDER), Instant.MAX);
    KeysOfPeople keys = new KeysOfPeople(null);
    keys.add(mei.person());
    Path token = folder.resolve("token");
    Keyring.write(token, mei.token().text());
    String[] pass = {"checklist", "pass", "PEO-01", "--value", "5", "--evidence", ""};

    try (ListServer signed = new ListServer(keys)) {
      assertThat(signed.run(pass).err())
          .contains("checklist is taken from verified callers only: sign it (liftoff login)");
      assertThat(signed.run("checklist", "sign-off").err())
          .contains("sign-off is taken from verified callers only: sign it (liftoff login)");
      assertThat(signed.runWith(token, pass).out())
          .contains("✔ PEO-01 pass: 5, by mei (commander) [verified]");
      assertThat(signed.runWith(token, "checklist", "sign-off").out())
          .contains("commander: mei [verified], until ");

      assertThat(signed.run("checklist").out()).doesNotContain("NOBODY IS VERIFIED");
      assertThat(signed.run("checklist", "log").out())
          .contains("mei  PEO-01 pass: 5, by mei (commander) [verified]")
          .contains("mei  signs off as commander [verified]");
    }
  }

  @Test
  void aLaunchWithoutAListSaysSo() {
    CommandLineRun none = run("checklist", "cart/production");

    assertThat(none.exit()).isEqualTo(ExitCode.CONFLICT.code());
    assertThat(none.err()).contains("There is no checklist of cart/production");
  }

  @Test
  void plainTemporalIsEnough() {
    assertThat(
            run("checklist", "pass", "PEO-01", "--value", "5", "--launch", LAUNCH, "--plain").out())
        .contains("temporal workflow update execute")
        .contains("--workflow-id checklist/shop/production --name apply")
        .contains("\"action\":\"pass\"");
    assertThat(run("checklist", LAUNCH, "--plain").out())
        .contains("temporal workflow query")
        .contains("--workflow-id checklist/shop/production --type readiness");
  }

  private static CommandLineRun run(String... args) {
    return lists.run(args);
  }
}
